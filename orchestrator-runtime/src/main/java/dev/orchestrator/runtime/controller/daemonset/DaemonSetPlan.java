package dev.orchestrator.runtime.controller.daemonset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.Pod;

/**
 * What to change.
 *
 * @param create the nodes that get a pod
 * @param delete the pods to delete
 * @param ended those of them that have ended by themselves
 */
record DaemonSetPlan(List<String> create, List<Pod> delete, List<Pod> ended) {

    /** Copies the lists. */
    DaemonSetPlan {
        create = List.copyOf(create);
        delete = List.copyOf(delete);
        ended = List.copyOf(ended);
    }

    static final DaemonSetPlan NOTHING = new DaemonSetPlan(List.of(), List.of(), List.of());

    boolean isNothing() {
        return create.isEmpty() && delete.isEmpty();
    }

    /**
     * {@return what gives every node the pods that it is to have, whatever their version}
     *
     * @param waits the nodes on which a pod failed not long ago, and how long it is to stay there
     */
    static DaemonSetPlan manage(DaemonSetState state, Map<String, Duration> waits) {
        return new Managing(state, waits).plan();
    }

    /** {@return what replaces pods of older versions; the missing ones are made by {@link #manage}} */
    static DaemonSetPlan update(DaemonSetState state) {
        return RollingBounds.isRolling(state.set()) ? new Updating(state).plan() : NOTHING;
    }

    /** Collects a plan. */
    static final class Draft {

        final List<String> create = new ArrayList<>();
        final List<Pod> delete = new ArrayList<>();
        final List<Pod> ended = new ArrayList<>();

        DaemonSetPlan plan() {
            return new DaemonSetPlan(create, delete, ended);
        }
    }
}
