package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A Gluster volume. */
@Model
public record GlusterfsVolumeSource(
        @Required String endpoints,
        @Required String path,
        @Nullable Boolean readOnly) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public GlusterfsVolumeSource {
        endpoints = Immutables.text(endpoints);
        path = Immutables.text(path);
    }
}
