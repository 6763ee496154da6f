package dev.orchestrator.api.scheduling;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Pod;

import static java.util.Objects.requireNonNull;

/** Asked about a pod that no node takes, before preemption is; called as a {@link SchedulingFilter} is. */
@FunctionalInterface
public interface SchedulingPostFilter {

    /**
     * Room that is to be made for the pod.
     *
     * @param node where
     * @param victims the pods on the node that are deleted for it; those that are not there are passed over
     */
    record Room(String node, List<ObjectKey> victims) {

        /** Copies the list and refuses null. */
        public Room {
            requireNonNull(node, "node is null");
            victims = List.copyOf(victims);
        }
    }

    /**
     * {@return the room to make; empty to leave it to others, for instance after asking somebody for another node}
     *
     * @param refusals why each node that was looked at does not take the pod, by its name
     */
    Optional<Room> makeRoom(Pod pod, Map<String, List<String>> refusals);
}
