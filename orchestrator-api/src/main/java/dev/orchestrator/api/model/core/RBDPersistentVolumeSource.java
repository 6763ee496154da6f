package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A Ceph block device, for a persistent volume. */
@Model
public record RBDPersistentVolumeSource(
        @Nullable String fsType,
        @Required String image,
        @Nullable String keyring,
        @Required List<String> monitors,
        @Nullable String pool,
        @Nullable Boolean readOnly,
        @Nullable SecretReference secretRef,
        @Nullable String user) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public RBDPersistentVolumeSource {
        image = Immutables.text(image);
        monitors = Immutables.list(monitors);
    }
}
