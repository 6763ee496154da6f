package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A Quobyte volume. */
@Model
public record QuobyteVolumeSource(
        @Nullable String group,
        @Nullable Boolean readOnly,
        @Required String registry,
        @Nullable String tenant,
        @Nullable String user,
        @Required String volume) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public QuobyteVolumeSource {
        registry = Immutables.text(registry);
        volume = Immutables.text(volume);
    }
}
