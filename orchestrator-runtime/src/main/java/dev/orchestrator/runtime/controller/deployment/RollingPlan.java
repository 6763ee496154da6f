package dev.orchestrator.runtime.controller.deployment;

import java.util.ArrayList;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * The next step of a rolling update: either the present version grows or old ones shrink.
 *
 * <p>Ten replicas, three of surge and two unavailable go from (old 10, new 0) to (10, 3), (8, 3), (8, 5) and, once five
 * new pods are available, to (3, 5), (3, 10) and (0, 10).
 */
final class RollingPlan {

    private final RolloutState state;
    private final ReplicaSetState current;
    private final RollingBounds bounds;

    private RollingPlan(RolloutState state) {
        this.state = state;
        this.current = requireNonNull(state.current(), "current is null");
        this.bounds = RollingBounds.of(state.deployment());
    }

    /**
     * {@return what to resize now; empty when the rollout has to wait or is over}
     *
     * @param state the state with a replica set of the present template
     */
    static List<Resize> of(RolloutState state) {
        var plan = new RollingPlan(state);
        List<Resize> grown = plan.resizeCurrent();
        return grown.isEmpty() ? plan.shrinkOld() : grown;
    }

    /** {@return how many pods a replica set of the present template starts with} */
    static int firstSize(RolloutState state) {
        int replicas = state.deployment().desiredReplicas();
        return RollingBounds.isRolling(state.deployment()) ? Math.min(state.room(), replicas) : replicas;
    }

    private List<Resize> resizeCurrent() {
        int wanted = current.wanted();
        if (wanted > bounds.replicas()) {
            return List.of(new Resize(current.set(), bounds.replicas()));
        }
        int growth = Math.min(state.room(), bounds.replicas() - wanted);
        return growth > 0 ? List.of(new Resize(current.set(), wanted + growth)) : List.of();
    }

    private List<Resize> shrinkOld() {
        int currentUnavailable = current.wanted() - current.lastingAvailable();
        int surplus = state.totalWanted() - bounds.minAvailable() - currentUnavailable;
        if (surplus <= 0) {
            return List.of();
        }
        List<ReplicaSetState> old = state.old();
        int[] sizes = old.stream().mapToInt(ReplicaSetState::wanted).toArray();
        giveUpUnready(sizes, surplus);
        giveUpAvailable(sizes);
        var resizes = new ArrayList<Resize>();
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] != old.get(i).wanted()) {
                resizes.add(new Resize(old.get(i).set(), sizes[i]));
            }
        }
        return List.copyOf(resizes);
    }

    /** Old pods that serve nobody go first, whatever the number of available ones: giving them up costs nothing. */
    private void giveUpUnready(int[] sizes, int surplus) {
        int left = surplus;
        for (int i = 0; i < sizes.length; i++) {
            // Kubernetes counts pods that are ready and not yet available as well. A replica set may prefer an
            // available pod to such a one (deletion cost, crowded nodes), so they stay until they are available.
            int unready = Math.min(left, sizes[i] - state.old().get(i).lastingReady());
            if (unready > 0) {
                sizes[i] -= unready;
                left -= unready;
            }
        }
    }

    private void giveUpAvailable(int[] sizes) {
        int left = state.lastingAvailable() - bounds.minAvailable();
        for (int i = 0; i < sizes.length && left > 0; i++) {
            int fewer = Math.min(left, sizes[i]);
            sizes[i] -= fewer;
            left -= fewer;
        }
    }
}
