package dev.orchestrator.runtime.controller.deployment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * How a changed number of replicas is shared out while a rollout is under way or paused.
 *
 * <p>A deployment of 10 with a surge of 3 that has 8 old and 5 new pods and is scaled to 15 may have 18: five more, of
 * which the old version gets three and the new one two, in proportion to their sizes.
 */
final class ScalingPlan {

    private final RolloutState state;
    private final RollingBounds bounds;

    private ScalingPlan(RolloutState state) {
        this.state = state;
        this.bounds = RollingBounds.of(state.deployment());
    }

    /** {@return whether the number of replicas has changed since the replica sets were last resized} */
    static boolean isDue(RolloutState state) {
        for (ReplicaSetState active : state.active()) {
            OptionalInt desired = RolloutAnnotations.desiredReplicas(active.set());
            if (desired.isPresent() && desired.getAsInt() != state.deployment().desiredReplicas()) {
                return true;
            }
        }
        return false;
    }

    /** {@return what to resize now; growth that has no room yet is left for a later pass} */
    static List<Resize> of(RolloutState state) {
        var plan = new ScalingPlan(state);
        List<Resize> resizes = plan.resizes();
        int growth = resizes.stream()
                .mapToInt(resize -> Math.max(0, resize.growth()))
                .sum();
        if (growth <= state.room()) {
            return resizes;
        }
        return resizes.stream().filter(resize -> resize.growth() < 0).toList();
    }

    private List<Resize> resizes() {
        Optional<ReplicaSetState> only = onlyActiveOrLatest();
        if (only.isPresent()) {
            return List.of(new Resize(only.get().set(), bounds.replicas()));
        }
        ReplicaSetState current = state.current();
        if (isSaturated(current)) {
            return state.activeOld().stream()
                    .map(old -> new Resize(old.set(), 0))
                    .toList();
        }
        return RollingBounds.isRolling(state.deployment()) ? proportional() : List.of();
    }

    /** The one replica set with pods or, when none has any, the latest; empty when several have pods. */
    private Optional<ReplicaSetState> onlyActiveOrLatest() {
        List<ReplicaSetState> active = state.active();
        if (active.size() > 1) {
            return Optional.empty();
        }
        if (active.size() == 1) {
            return Optional.of(active.getFirst());
        }
        if (state.current() != null) {
            return Optional.of(state.current());
        }
        return state.old().isEmpty()
                ? Optional.empty()
                : Optional.of(state.old().getLast());
    }

    private boolean isSaturated(@Nullable ReplicaSetState current) {
        return current != null
                && current.wanted() == bounds.replicas()
                && current.available() == bounds.replicas()
                && RolloutAnnotations.desiredReplicas(current.set()).orElse(-1) == bounds.replicas();
    }

    private List<Resize> proportional() {
        List<ReplicaSetState> active = state.active();
        int allowed = bounds.replicas() > 0 ? bounds.maxPods() : 0;
        int toAdd = allowed - state.totalWanted();
        Comparator<ReplicaSetState> ties =
                toAdd > 0 ? ReplicaSetState.OLDEST_FIRST.reversed() : ReplicaSetState.OLDEST_FIRST;
        List<ReplicaSetState> bySize = active.stream()
                .sorted(Comparator.comparingInt(ReplicaSetState::wanted)
                        .reversed()
                        .thenComparing(ties))
                .toList();
        var sizes = new int[bySize.size()];
        int added = 0;
        for (int i = 0; i < sizes.length; i++) {
            int share = share(bySize.get(i), toAdd, added);
            sizes[i] = bySize.get(i).wanted() + share;
            added += share;
        }
        if (toAdd != 0 && sizes.length > 0) {
            sizes[0] = Math.max(0, sizes[0] + toAdd - added);
        }
        keepAvailable(bySize, sizes);
        var resizes = new ArrayList<Resize>(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            resizes.add(new Resize(bySize.get(i).set(), sizes[i]));
        }
        return resizes;
    }

    private int share(ReplicaSetState part, int toAdd, int added) {
        if (toAdd == 0 || toAdd == added) {
            return 0;
        }
        int left = toAdd - added;
        int share = proportionalSize(part) - part.wanted();
        return toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
    }

    /** The size that keeps a replica set's part of the whole, rounded half away from zero: 8 of 13 is 11 of 18. */
    private int proportionalSize(ReplicaSetState part) {
        if (bounds.replicas() == 0) {
            return 0;
        }
        int before = RolloutAnnotations.maxReplicas(part.set()).orElse(0);
        if (before == 0) {
            before = state.deployment().status().replicas();
        }
        if (before == 0) {
            return part.wanted();
        }
        return (int) ((double) part.wanted() * bounds.maxPods() / before + 0.5);
    }

    /**
     * Rounding may take a pod too many from the version that serves: 17 old pods, all available, and 5 new ones that
     * are not, scaled to 16 with a surge of 4, would leave 15 old ones. What is short is taken from pods that serve
     * nobody.
     */
    private void keepAvailable(List<ReplicaSetState> parts, int[] sizes) {
        int floor = Math.min(bounds.minAvailable(), state.lastingAvailable());
        int missing = floor;
        for (int i = 0; i < sizes.length; i++) {
            missing -= Math.min(sizes[i], parts.get(i).lastingAvailable());
        }
        for (int i = 0; i < sizes.length && missing > 0; i++) {
            int back = Math.min(missing, parts.get(i).lastingAvailable() - sizes[i]);
            if (back > 0) {
                sizes[i] += back;
                missing -= back;
                takeIdle(parts, sizes, back);
            }
        }
    }

    private static void takeIdle(List<ReplicaSetState> parts, int[] sizes, int count) {
        int left = count;
        for (int i = sizes.length - 1; i >= 0 && left > 0; i--) {
            int idle = Math.min(left, sizes[i] - parts.get(i).lastingAvailable());
            if (idle > 0) {
                sizes[i] -= idle;
                left -= idle;
            }
        }
    }
}
