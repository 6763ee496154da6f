package dev.orchestrator.server.table;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.core.PersistentVolume;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.storage.StorageClass;
import org.jspecify.annotations.Nullable;

/** The rows of storage. */
final class StorageCells {

    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

    private StorageCells() {}

    static List<Object> of(PersistentVolume it, Instant now) {
        var claim = it.spec().claimRef();
        return List.of(
                Cells.name(it),
                Cells.quantity(it.spec().capacity(), "storage"),
                modes(it.spec().accessModes()),
                Cells.text(it.spec().persistentVolumeReclaimPolicy()),
                phase(it.metadata(), it.status().phase()),
                claim == null ? "" : Cells.text(claim.namespace()) + "/" + Cells.text(claim.name()),
                storageClass(it.metadata(), it.spec().storageClassName()),
                Cells.or(it.spec().volumeAttributesClassName(), Cells.UNSET),
                Cells.text(it.status().reason()),
                Cells.age(it, now),
                Cells.or(it.spec().volumeMode(), Cells.UNSET));
    }

    static List<Object> of(PersistentVolumeClaim it, Instant now) {
        String volume = Cells.text(it.spec().volumeName());
        boolean bound = !volume.isEmpty();
        return List.of(
                Cells.name(it),
                phase(it.metadata(), it.status().phase()),
                volume,
                bound ? Cells.quantity(it.status().capacity(), "storage") : "",
                bound ? modes(it.status().accessModes()) : "",
                storageClass(it.metadata(), it.spec().storageClassName()),
                Cells.or(it.spec().volumeAttributesClassName(), Cells.UNSET),
                Cells.age(it, now),
                Cells.or(it.spec().volumeMode(), Cells.UNSET));
    }

    private static String phase(ObjectMeta metadata, @Nullable String phase) {
        return metadata.isTerminating() ? "Terminating" : Cells.text(phase);
    }

    private static String storageClass(ObjectMeta metadata, @Nullable String name) {
        return Cells.text(metadata.annotations().getOrDefault(CLASS_ANNOTATION, Cells.text(name)));
    }

    private static String modes(List<String> modes) {
        return modes.stream()
                .distinct()
                .map(mode -> switch (mode) {
                    case "ReadWriteOnce" -> "RWO";
                    case "ReadOnlyMany" -> "ROX";
                    case "ReadWriteMany" -> "RWX";
                    case "ReadWriteOncePod" -> "RWOP";
                    default -> mode;
                })
                .collect(Collectors.joining(","));
    }

    static List<Object> of(StorageClass it, Instant now) {
        boolean standard = "true".equals(it.metadata().annotations().get(DEFAULT_CLASS));
        return List.of(
                Cells.name(it) + (standard ? " (default)" : ""),
                it.provisioner(),
                Cells.or(it.reclaimPolicy(), "Delete"),
                Cells.or(it.volumeBindingMode(), "Immediate"),
                Boolean.TRUE.equals(it.allowVolumeExpansion()),
                Cells.age(it, now));
    }
}
