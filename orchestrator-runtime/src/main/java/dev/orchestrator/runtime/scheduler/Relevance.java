package dev.orchestrator.runtime.scheduler;

import java.util.Objects;

import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeCondition;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/** Tells the changes that matter for scheduling from the many that do not: status reports and heartbeats. */
final class Relevance {

    private Relevance() {}

    /** {@return whether the change can matter: the pod came, went, ended, its spec, labels or nomination are others} */
    static boolean isRelevant(@Nullable Pod before, @Nullable Pod after) {
        if (before == null || after == null) {
            return true;
        }
        return isAnotherToSchedule(before, after)
                || before.isFinished() != after.isFinished()
                || before.metadata().isTerminating() != after.metadata().isTerminating()
                || !Objects.equals(
                        before.status().nominatedNodeName(), after.status().nominatedNodeName())
                || !before.metadata().uidOrEmpty().equals(after.metadata().uidOrEmpty());
    }

    /** {@return whether another attempt to find the pod a node may end otherwise} */
    // A status report keeps the very instance of the spec.
    @SuppressWarnings("ReferenceEquality")
    static boolean isAnotherToSchedule(@Nullable Pod before, Pod after) {
        return before == null
                || before.spec() != after.spec()
                || !before.metadata().labels().equals(after.metadata().labels());
    }

    /** {@return whether the node offers something else than before} */
    static boolean isRelevant(@Nullable Node before, Node after) {
        return before == null
                || !before.metadata().labels().equals(after.metadata().labels())
                || !before.spec().equals(after.spec())
                || !before.status().allocatable().equals(after.status().allocatable())
                || !sameConditions(before, after);
    }

    private static boolean sameConditions(Node before, Node after) {
        var old = before.status().conditions();
        var fresh = after.status().conditions();
        if (old.size() != fresh.size()) {
            return false;
        }
        for (int i = 0; i < old.size(); i++) {
            NodeCondition one = old.get(i);
            NodeCondition other = fresh.get(i);
            if (!one.type().equals(other.type()) || !one.status().equals(other.status())) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether the pod has a node} */
    static boolean isBound(Pod pod) {
        String node = pod.spec().nodeName();
        return node != null && !node.isEmpty();
    }

    /** {@return whether the pod waits for this scheduler to find it a node} */
    static boolean awaits(String scheduler, Pod pod) {
        String wanted = pod.spec().schedulerName();
        return !isBound(pod)
                && !pod.isFinished()
                && !pod.metadata().isTerminating()
                && (wanted == null || wanted.isEmpty() || wanted.equals(scheduler));
    }
}
