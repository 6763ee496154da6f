package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A Gluster volume, for a persistent volume. */
@Model
public record GlusterfsPersistentVolumeSource(
        @Required String endpoints,
        @Nullable String endpointsNamespace,
        @Required String path,
        @Nullable Boolean readOnly) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public GlusterfsPersistentVolumeSource {
        endpoints = Immutables.text(endpoints);
        path = Immutables.text(path);
    }
}
