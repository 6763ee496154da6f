package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** Names an object of any kind in the same namespace. */
@Model
public record CrossVersionObjectReference(
        @Nullable String apiVersion,
        @Required String kind,
        @Required String name) {

    /** With nothing set. */
    public static final CrossVersionObjectReference EMPTY =
            CrossVersionObjectReferenceBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CrossVersionObjectReference {
        kind = Immutables.text(kind);
        name = Immutables.text(name);
    }
}
