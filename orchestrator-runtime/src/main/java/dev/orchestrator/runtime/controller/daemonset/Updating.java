package dev.orchestrator.runtime.controller.daemonset;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.controller.daemonset.NodeChoice.Place;
import org.jspecify.annotations.Nullable;

/**
 * Replaces pods of older versions within bounds. Without a surge old pods are deleted, and the nodes get new ones
 * afterwards; an old pod that is not available is deleted in any case, but its node counts as one without. With a surge
 * nodes get a second, new pod, and the old one goes when that is available.
 *
 * <p>Of 10 nodes with {@code maxUnavailable: 3}, 1 without a pod and 1 with a new pod that is not available yet, 1 more
 * old pod may go.
 */
final class Updating {

    private final DaemonSetState state;
    private final RollingBounds bounds;
    private final DaemonSetPlan.Draft draft = new DaemonSetPlan.Draft();

    Updating(DaemonSetState state) {
        this.state = state;
        this.bounds = RollingBounds.of(state.set(), state.desired());
    }

    DaemonSetPlan plan() {
        if (bounds.surge() == 0) {
            replace();
        } else {
            surge();
        }
        return draft.plan();
    }

    /** A node's pods that are not being deleted: at most one of each, or the node is in disorder. */
    private record Pair(@Nullable Pod old, @Nullable Pod newest, boolean isInOrder) {}

    private Pair pair(String node) {
        Pod old = null;
        Pod newest = null;
        for (Pod pod : state.podsOf(node)) {
            if (pod.metadata().isTerminating()) {
                continue;
            }
            boolean isUpdated = state.isUpdated(pod);
            if ((isUpdated ? newest : old) != null) {
                return new Pair(null, null, false);
            }
            if (isUpdated) {
                newest = pod;
            } else {
                old = pod;
            }
        }
        return new Pair(old, newest, true);
    }

    private Set<String> nodes() {
        var nodes = new LinkedHashSet<String>();
        state.places().forEach((node, place) -> {
            if (place == Place.WANTED) {
                nodes.add(node);
            }
        });
        nodes.addAll(state.podsByNode().keySet());
        return nodes;
    }

    private void replace() {
        int unavailable = 0;
        var candidates = new ArrayList<Pod>();
        for (String node : nodes()) {
            Pair pair = pair(node);
            Pod old = pair.old();
            Pod newest = pair.newest();
            if (old != null && newest == null && state.isAvailable(old)) {
                candidates.add(old);
                continue;
            }
            if (old != null && newest == null) {
                draft.delete.add(old);
            }
            if (old != null || newest == null || !state.isAvailable(newest)) {
                unavailable++;
            }
        }
        draft.delete.addAll(first(candidates, bounds.unavailable() - unavailable));
    }

    private void surge() {
        int surging = 0;
        var candidates = new ArrayList<String>();
        for (String node : nodes()) {
            Pair pair = pair(node);
            Pod old = pair.old();
            Pod newest = pair.newest();
            if (!pair.isInOrder()) {
                surging++;
            } else if (old != null && newest == null && state.places().get(node) == Place.WANTED) {
                (state.isAvailable(old) ? candidates : draft.create).add(node);
            } else if (old != null && newest != null) {
                if (state.isAvailable(newest)) {
                    draft.delete.add(old);
                } else {
                    surging++;
                }
            }
        }
        draft.create.addAll(first(candidates, bounds.surge() - surging));
    }

    private static <T> List<T> first(List<T> all, int count) {
        return all.subList(0, Math.clamp(count, 0, all.size()));
    }
}
