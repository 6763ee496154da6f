package dev.orchestrator.runtime.admission.storage;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.admission.kind.KindRules;
import org.jspecify.annotations.Nullable;

/** The rules of the kinds that provide and claim storage. */
public final class StorageRules {

    private StorageRules() {}

    /** {@return the rules of a kind if it is one of volumes, claims and storage classes; each call makes them anew} */
    public static @Nullable KindRules<?> of(ResourceType<?> type) {
        return switch (type.kind()) {
            case "PersistentVolume" ->
                KindRules.of(
                        ResourceTypes.PERSISTENT_VOLUME,
                        PersistentVolumeDefaults::withDefaults,
                        new PersistentVolumeValidation());
            case "PersistentVolumeClaim" ->
                KindRules.of(ResourceTypes.PERSISTENT_VOLUME_CLAIM, ClaimDefaults::withDefaults, new ClaimValidation());
            case "StorageClass" ->
                KindRules.of(
                        ResourceTypes.STORAGE_CLASS,
                        StorageClassValidation::withDefaults,
                        new StorageClassValidation());
            default -> null;
        };
    }
}
