package dev.orchestrator.runtime.scheduler.framework;

import java.util.Map;

/** Something that happened on one node and may help pods that were refused by others. */
public sealed interface ClusterEvent {

    /** A pod has got a place, or other labels there. */
    record PodArrived(PlacedPod pod) implements ClusterEvent {}

    /** A pod has lost its place, or the labels it had there. */
    record PodLeft(PlacedPod pod) implements ClusterEvent {}

    /** A node came, went, or has other labels or taints; one that is not there has no labels. */
    record NodeChanged(Map<String, String> before, Map<String, String> after) implements ClusterEvent {

        /** {@return whether the node has or had the label} */
        public boolean concerns(String key) {
            return before.containsKey(key) || after.containsKey(key);
        }
    }

    /** A namespace has other labels. */
    record NamespaceChanged(String name) implements ClusterEvent {}
}
