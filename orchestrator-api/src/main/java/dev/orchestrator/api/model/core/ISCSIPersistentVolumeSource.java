package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** An iSCSI disk, for a persistent volume. */
@Model
public record ISCSIPersistentVolumeSource(
        @Nullable Boolean chapAuthDiscovery,
        @Nullable Boolean chapAuthSession,
        @Nullable String fsType,
        @Nullable String initiatorName,
        @Required String iqn,
        @Nullable String iscsiInterface,
        @Required int lun,
        List<String> portals,
        @Nullable Boolean readOnly,
        @Nullable SecretReference secretRef,
        @Required String targetPortal) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ISCSIPersistentVolumeSource {
        iqn = Immutables.text(iqn);
        portals = Immutables.list(portals);
        targetPortal = Immutables.text(targetPortal);
    }
}
