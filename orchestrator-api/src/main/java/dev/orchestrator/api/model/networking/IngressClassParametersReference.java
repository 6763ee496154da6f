package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** Names the configuration of an ingress class. */
@Model
public record IngressClassParametersReference(
        @Nullable String apiGroup,
        @Required String kind,
        @Required String name,
        @Nullable String namespace,
        @Nullable String scope) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public IngressClassParametersReference {
        kind = Immutables.text(kind);
        name = Immutables.text(name);
    }
}
