package dev.orchestrator.runtime.kubelet;

import java.util.Objects;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.kubelet.volume.PodVolumes;

/** Tells changes of a pod that the kubelet acts on from those it only reads when it needs them. */
final class PodChanges {

    private PodChanges() {}

    // The store keeps the instances of what has not changed.
    @SuppressWarnings("ReferenceEquality")
    static boolean matter(Pod before, Pod after) {
        return before.spec() != after.spec()
                || !Objects.equals(
                        before.metadata().deletionTimestamp(), after.metadata().deletionTimestamp())
                || !Objects.equals(
                        before.metadata().deletionGracePeriodSeconds(),
                        after.metadata().deletionGracePeriodSeconds())
                || before.metadata().generation() != after.metadata().generation()
                || (!after.spec().readinessGates().isEmpty()
                        && before.status().conditions() != after.status().conditions());
    }

    /** {@return whether something has changed that the pod's volumes show} */
    static boolean areShownIn(Pod after, Pod before) {
        return PodVolumes.areWanted(after)
                && (!before.metadata().labels().equals(after.metadata().labels())
                        || !before.metadata()
                                .annotations()
                                .equals(after.metadata().annotations()))
                && PodVolumes.showMetadata(after);
    }
}
