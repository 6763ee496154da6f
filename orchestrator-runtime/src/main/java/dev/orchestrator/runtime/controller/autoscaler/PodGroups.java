package dev.orchestrator.runtime.controller.autoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodCondition;
import org.jspecify.annotations.Nullable;

/**
 * Which pods count for a metric, by their names.
 *
 * @param ready how many count as they are
 * @param unready those that do not serve yet: their figures say nothing
 * @param missing those of which nothing is known
 * @param ignored those that end or have failed
 */
record PodGroups(int ready, Set<String> unready, Set<String> missing, Set<String> ignored) {

    /**
     * When CPU figures of young pods count.
     *
     * @param now the time
     * @param initialization how long after its start a pod counts only while it is ready
     * @param readinessDelay how long after its start a pod that becomes unready was never ready at all
     */
    record Youth(Instant now, Duration initialization, Duration readinessDelay) {}

    /**
     * {@return the groups of some pods}
     *
     * @param resource what is measured; empty for metrics that are no resource
     */
    static PodGroups of(List<Pod> pods, Map<String, Measured> metrics, String resource, Youth youth) {
        int ready = 0;
        var unready = new TreeSet<String>();
        var missing = new TreeSet<String>();
        var ignored = new TreeSet<String>();
        for (Pod pod : pods) {
            String name = pod.key().name();
            String phase = pod.status().phase();
            Measured metric = metrics.get(name);
            if (pod.metadata().isTerminating() || "Failed".equals(phase)) {
                ignored.add(name);
            } else if ("Pending".equals(phase)) {
                unready.add(name);
            } else if (metric == null) {
                missing.add(name);
            } else if (resource.equals("cpu") && isUnready(pod, metric, youth)) {
                unready.add(name);
            } else {
                ready++;
            }
        }
        return new PodGroups(ready, unready, missing, ignored);
    }

    /** Programs that start need more processor time than they will: that is no load. */
    private static boolean isUnready(Pod pod, Measured metric, Youth youth) {
        PodCondition condition = pod.condition("Ready").orElse(null);
        Instant start = pod.status().startTime();
        if (condition == null || start == null) {
            return true;
        }
        boolean isNotReady = "False".equals(condition.status());
        Instant changed = orStart(condition.lastTransitionTime(), start);
        if (start.plus(youth.initialization()).isAfter(youth.now())) {
            return isNotReady || metric.time().isBefore(changed.plus(metric.window()));
        }
        return isNotReady && start.plus(youth.readinessDelay()).isAfter(changed);
    }

    private static Instant orStart(@Nullable Instant transition, Instant start) {
        return transition == null ? start : transition;
    }
}
