package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

/** Trust anchors as a file. */
@Model
public record ClusterTrustBundleProjection(
        @Nullable LabelSelector labelSelector,
        @Nullable String name,
        @Nullable Boolean optional,
        @Required String path,
        @Nullable String signerName) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ClusterTrustBundleProjection {
        path = Immutables.text(path);
    }
}
