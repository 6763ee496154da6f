package dev.orchestrator.runtime.controller.replicaset;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.Pod;

/**
 * Which pods a replica set keeps, takes over and lets go.
 *
 * @param keep the pods it controls and still selects
 * @param adopt the pods it selects and nobody controls
 * @param release the pods it controls and no longer selects
 */
record PodClaims(List<Pod> keep, List<Pod> adopt, List<Pod> release) {

    /**
     * Sorts the pods; changes nothing.
     *
     * @param owned the pods the replica set controls
     * @param orphans pods of its namespace that nobody controls
     */
    static PodClaims of(ReplicaSet set, Selector selector, List<Pod> owned, List<Pod> orphans) {
        boolean terminating = set.metadata().isTerminating();
        var keep = new ArrayList<Pod>(owned.size());
        var release = new ArrayList<Pod>();
        for (Pod pod : owned) {
            if (selector.matches(pod.metadata().labels())) {
                keep.add(pod);
            } else if (!terminating) {
                release.add(pod);
            }
        }
        var adopt = new ArrayList<Pod>();
        for (Pod pod : orphans) {
            if (!terminating
                    && !pod.metadata().isTerminating()
                    && selector.matches(pod.metadata().labels())) {
                adopt.add(pod);
            }
        }
        return new PodClaims(keep, adopt, release);
    }
}
