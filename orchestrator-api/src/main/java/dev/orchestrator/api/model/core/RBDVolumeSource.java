package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A Ceph block device. */
@Model
public record RBDVolumeSource(
        @Nullable String fsType,
        @Required String image,
        @Nullable String keyring,
        @Required List<String> monitors,
        @Nullable String pool,
        @Nullable Boolean readOnly,
        @Nullable LocalObjectReference secretRef,
        @Nullable String user) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public RBDVolumeSource {
        image = Immutables.text(image);
        monitors = Immutables.list(monitors);
    }
}
