package dev.orchestrator.runtime.controller.daemonset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.controller.daemonset.NodeChoice.Place;
import org.jspecify.annotations.Nullable;

/** Gives every node the pods that it is to have: one, or two while a new one takes over from an old one. */
final class Managing {

    private final DaemonSetState state;
    private final Map<String, Duration> waits;
    private final DaemonSetPlan.Draft draft = new DaemonSetPlan.Draft();

    Managing(DaemonSetState state, Map<String, Duration> waits) {
        this.state = state;
        this.waits = waits;
    }

    DaemonSetPlan plan() {
        state.places().forEach(this::manage);
        state.podsByNode().forEach((node, pods) -> {
            if (!state.places().containsKey(node)) {
                // A pod that ran on a node that has gone is cleared away with what else ran there.
                pods.stream()
                        .filter(pod ->
                                !DaemonPod.isBound(pod) && !pod.metadata().isTerminating())
                        .forEach(draft.delete::add);
            }
        });
        return draft.plan();
    }

    private void manage(String node, Place place) {
        List<Pod> pods = state.podsOf(node);
        if (place == Place.WANTED && pods.isEmpty()) {
            draft.create.add(node);
        } else if (place == Place.UNWANTED) {
            pods.stream().filter(pod -> !pod.metadata().isTerminating()).forEach(draft.delete::add);
        } else {
            thinOut(node, place, running(node, pods));
        }
    }

    /** {@return the pods that have not ended; those that have are deleted, if they have been there for long enough} */
    private List<Pod> running(String node, List<Pod> pods) {
        var running = new ArrayList<Pod>(pods.size());
        for (Pod pod : pods) {
            if (pod.metadata().isTerminating()) {
                continue;
            }
            if (!pod.isFinished()) {
                running.add(pod);
            } else if ("Succeeded".equals(pod.status().phase()) || !waits.containsKey(node)) {
                draft.delete.add(pod);
                draft.ended.add(pod);
            }
        }
        return running;
    }

    private void thinOut(String node, Place place, List<Pod> running) {
        boolean surges = RollingBounds.surges(state.set());
        if (surges && running.isEmpty() && place == Place.WANTED && !hasEnded(node)) {
            draft.create.add(node);
        } else if (surges) {
            keepOldAndNew(running);
        } else if (running.size() > 1) {
            draft.delete.addAll(running.subList(1, running.size()));
        }
    }

    /** What has ended makes room first, so that a failing pod is not made again and again beside its remains. */
    private boolean hasEnded(String node) {
        return state.podsOf(node).stream()
                .anyMatch(pod -> pod.isFinished() && !pod.metadata().isTerminating());
    }

    /** The old pod stays as long as it is ready and the new one is not available. */
    private void keepOldAndNew(List<Pod> running) {
        Pod newest = null;
        Pod old = null;
        for (Pod pod : running) {
            if (state.isUpdated(pod) && newest == null) {
                newest = pod;
            } else if (!state.isUpdated(pod) && old == null) {
                old = pod;
            } else {
                draft.delete.add(pod);
            }
        }
        if (newest != null && old != null && isDone(newest, old)) {
            draft.delete.add(old);
        }
    }

    private boolean isDone(Pod newest, @Nullable Pod old) {
        return old == null || !old.isReady() || state.isAvailable(newest);
    }
}
