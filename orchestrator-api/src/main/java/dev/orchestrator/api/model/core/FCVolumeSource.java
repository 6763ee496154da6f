package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** A Fibre Channel disk. */
@Model
public record FCVolumeSource(
        @Nullable String fsType,
        @Nullable Integer lun,
        @Nullable Boolean readOnly,
        List<String> targetWWNs,
        List<String> wwids) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public FCVolumeSource {
        targetWWNs = Immutables.list(targetWWNs);
        wwids = Immutables.list(wwids);
    }
}
