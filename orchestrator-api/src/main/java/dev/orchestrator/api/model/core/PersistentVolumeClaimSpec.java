package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a claim asks for. */
@Model
public record PersistentVolumeClaimSpec(
        List<String> accessModes,
        @Nullable TypedLocalObjectReference dataSource,
        @Nullable TypedObjectReference dataSourceRef,
        VolumeResourceRequirements resources,
        @Nullable LabelSelector selector,
        @Nullable String storageClassName,
        @Nullable String volumeAttributesClassName,
        @Nullable String volumeMode,
        @Nullable String volumeName) {

    /** With nothing set. */
    public static final PersistentVolumeClaimSpec EMPTY =
            PersistentVolumeClaimSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PersistentVolumeClaimSpec {
        accessModes = Immutables.list(accessModes);
        resources = requireNonNullElse(resources, VolumeResourceRequirements.EMPTY);
    }
}
