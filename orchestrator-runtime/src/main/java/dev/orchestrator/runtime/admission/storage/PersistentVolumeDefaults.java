package dev.orchestrator.runtime.admission.storage;

import dev.orchestrator.api.model.core.HostPathVolumeSource;
import dev.orchestrator.api.model.core.ISCSIPersistentVolumeSource;
import dev.orchestrator.api.model.core.ISCSIPersistentVolumeSourceBuilder;
import dev.orchestrator.api.model.core.PersistentVolume;
import dev.orchestrator.api.model.core.PersistentVolumeSpec;
import dev.orchestrator.api.model.core.PersistentVolumeSpecBuilder;
import dev.orchestrator.api.model.core.PersistentVolumeStatus;
import dev.orchestrator.api.model.core.PersistentVolumeStatusBuilder;
import dev.orchestrator.api.model.core.RBDPersistentVolumeSource;
import dev.orchestrator.api.model.core.RBDPersistentVolumeSourceBuilder;
import dev.orchestrator.api.model.core.ScaleIOPersistentVolumeSource;
import dev.orchestrator.api.model.core.ScaleIOPersistentVolumeSourceBuilder;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.mappedOrNull;
import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** Fills in what a volume leaves out: it is kept when its claim goes, and holds a file system. */
final class PersistentVolumeDefaults {

    private PersistentVolumeDefaults() {}

    static PersistentVolume withDefaults(PersistentVolume volume) {
        PersistentVolumeSpec spec = spec(volume.spec());
        PersistentVolumeStatus status = volume.status().phase() == null
                ? PersistentVolumeStatusBuilder.builder(volume.status())
                        .phase("Pending")
                        .build()
                : volume.status();
        return same(spec, volume.spec()) && same(status, volume.status())
                ? volume
                : new PersistentVolume(volume.metadata(), spec, status);
    }

    private static PersistentVolumeSpec spec(PersistentVolumeSpec given) {
        var hostPath = mappedOrNull(given.hostPath(), PersistentVolumeDefaults::hostPath);
        var iscsi = mappedOrNull(given.iscsi(), PersistentVolumeDefaults::iscsi);
        var rbd = mappedOrNull(given.rbd(), PersistentVolumeDefaults::rbd);
        var scaleIo = mappedOrNull(given.scaleIO(), PersistentVolumeDefaults::scaleIo);
        boolean complete = given.persistentVolumeReclaimPolicy() != null
                && given.volumeMode() != null
                && same(hostPath, given.hostPath())
                && same(iscsi, given.iscsi())
                && same(rbd, given.rbd())
                && same(scaleIo, given.scaleIO());
        return complete
                ? given
                : PersistentVolumeSpecBuilder.builder(given)
                        .persistentVolumeReclaimPolicy(or(given.persistentVolumeReclaimPolicy(), "Retain"))
                        .volumeMode(or(given.volumeMode(), "Filesystem"))
                        .hostPath(hostPath)
                        .iscsi(iscsi)
                        .rbd(rbd)
                        .scaleIO(scaleIo)
                        .build();
    }

    private static HostPathVolumeSource hostPath(HostPathVolumeSource source) {
        return source.type() == null ? new HostPathVolumeSource(source.path(), "") : source;
    }

    private static ISCSIPersistentVolumeSource iscsi(ISCSIPersistentVolumeSource source) {
        return source.iscsiInterface() != null
                ? source
                : ISCSIPersistentVolumeSourceBuilder.builder(source)
                        .iscsiInterface("default")
                        .build();
    }

    private static RBDPersistentVolumeSource rbd(RBDPersistentVolumeSource source) {
        boolean complete = source.pool() != null && source.user() != null && source.keyring() != null;
        return complete
                ? source
                : RBDPersistentVolumeSourceBuilder.builder(source)
                        .pool(or(source.pool(), "rbd"))
                        .user(or(source.user(), "admin"))
                        .keyring(or(source.keyring(), "/etc/ceph/keyring"))
                        .build();
    }

    private static ScaleIOPersistentVolumeSource scaleIo(ScaleIOPersistentVolumeSource source) {
        boolean complete = source.storageMode() != null && source.fsType() != null;
        return complete
                ? source
                : ScaleIOPersistentVolumeSourceBuilder.builder(source)
                        .storageMode(or(source.storageMode(), "ThinProvisioned"))
                        .fsType(or(source.fsType(), "xfs"))
                        .build();
    }

    private static String or(@Nullable String given, String otherwise) {
        return given == null ? otherwise : given;
    }
}
