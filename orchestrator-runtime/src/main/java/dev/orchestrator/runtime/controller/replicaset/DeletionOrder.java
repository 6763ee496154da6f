package dev.orchestrator.runtime.controller.replicaset;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/** Which pods a scale-down gives up first: those that serve least, then those whose loss hurts least. */
final class DeletionOrder {

    static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    private static final Comparator<Candidate> BY_USE = Comparator.comparing(Candidate::assigned)
            .thenComparingInt(Candidate::phase)
            .thenComparing(Candidate::ready)
            .thenComparingInt(Candidate::cost)
            .thenComparing(Comparator.comparingInt(Candidate::crowd).reversed());

    private final Map<String, Integer> relatedByNode;
    private final Instant now;

    private DeletionOrder(Map<String, Integer> relatedByNode, Instant now) {
        this.relatedByNode = relatedByNode;
        this.now = now;
    }

    /**
     * {@return the pods to delete}
     *
     * @param active the pods to choose from, none of them finished or terminating
     * @param count how many to choose
     * @param related the pods whose spread over nodes counts: those of all replica sets with the same owner
     */
    static List<Pod> choose(List<Pod> active, int count, List<Pod> related, Instant now) {
        if (count >= active.size()) {
            return active;
        }
        var order = new DeletionOrder(countByNode(related), now);
        // A heap and not a sort: ages compare by magnitude, which is not transitive when some times are absent, and
        // the library's sort refuses such an order.
        var heap = new PriorityQueue<Candidate>(active.size(), order::compare);
        for (Pod pod : active) {
            heap.add(order.candidate(pod));
        }
        var chosen = new ArrayList<Pod>(count);
        for (Candidate next = heap.poll(); next != null && chosen.size() < count; next = heap.poll()) {
            chosen.add(next.pod());
        }
        return chosen;
    }

    private static Map<String, Integer> countByNode(List<Pod> pods) {
        var counts = new HashMap<String, Integer>();
        for (Pod pod : pods) {
            if (pod.isActive()) {
                counts.merge(nodeOf(pod), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static String nodeOf(Pod pod) {
        String node = pod.spec().nodeName();
        return node == null ? "" : node;
    }

    private record Candidate(
            Pod pod,
            boolean assigned,
            int phase,
            boolean ready,
            int cost,
            int crowd,
            @Nullable Instant readySince,
            int restarts,
            int sidecarRestarts) {}

    private Candidate candidate(Pod pod) {
        String node = nodeOf(pod);
        return new Candidate(
                pod,
                !node.isEmpty(),
                phaseOrdinal(pod),
                pod.isReady(),
                cost(pod),
                relatedByNode.getOrDefault(node, 0),
                pod.readySince().orElse(null),
                maxRestarts(pod.status().containerStatuses()),
                sidecarRestarts(pod));
    }

    private static int phaseOrdinal(Pod pod) {
        String phase = pod.status().phase();
        if ("Running".equals(phase)) {
            return 2;
        }
        return "Unknown".equals(phase) ? 1 : 0;
    }

    /** What the user says a deletion costs; a text that is no whole number counts as nothing. */
    private static int cost(Pod pod) {
        String text = pod.metadata().annotations().get(DELETION_COST);
        if (text == null || text.startsWith("+") || (text.startsWith("0") && text.length() > 1)) {
            return 0;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private static int maxRestarts(List<ContainerStatus> statuses) {
        int max = 0;
        for (ContainerStatus status : statuses) {
            max = Math.max(max, status.restartCount());
        }
        return max;
    }

    private static int sidecarRestarts(Pod pod) {
        int max = 0;
        for (Container container : pod.spec().initContainers()) {
            if (!"Always".equals(container.restartPolicy())) {
                continue;
            }
            for (ContainerStatus status : pod.status().initContainerStatuses()) {
                if (status.name().equals(container.name())) {
                    max = Math.max(max, status.restartCount());
                }
            }
        }
        return max;
    }

    private int compare(Candidate left, Candidate right) {
        int byUse = BY_USE.compare(left, right);
        if (byUse != 0) {
            return byUse;
        }
        if (left.ready() && right.ready()) {
            int byReadiness = youngerFirst(left, left.readySince(), right, right.readySince());
            if (byReadiness != 0) {
                return byReadiness;
            }
        }
        int byRestarts = Integer.compare(right.restarts(), left.restarts());
        if (byRestarts == 0) {
            byRestarts = Integer.compare(right.sidecarRestarts(), left.sidecarRestarts());
        }
        if (byRestarts != 0) {
            return byRestarts;
        }
        int byAge = youngerFirst(left, created(left), right, created(right));
        // Whatever else is equal: the same choice each time.
        return byAge != 0 ? byAge : byUid(left, right);
    }

    private static @Nullable Instant created(Candidate candidate) {
        return candidate.pod().metadata().creationTimestamp();
    }

    /** Ages of the same magnitude are taken for equal, so that not always the newest pods are the victims. */
    private int youngerFirst(Candidate left, @Nullable Instant leftTime, Candidate right, @Nullable Instant rightTime) {
        if (leftTime == null || rightTime == null) {
            return Boolean.compare(leftTime != null, rightTime != null);
        }
        if (leftTime.equals(rightTime)) {
            return 0;
        }
        int byMagnitude = Integer.compare(magnitude(leftTime), magnitude(rightTime));
        return byMagnitude != 0 ? byMagnitude : byUid(left, right);
    }

    private static int byUid(Candidate left, Candidate right) {
        return left.pod()
                .metadata()
                .uidOrEmpty()
                .compareTo(right.pod().metadata().uidOrEmpty());
    }

    /**
     * The whole part of the binary logarithm of the age in nanoseconds: 3 s and 4 s are one magnitude, 3 s and 60 s
     * not.
     */
    private int magnitude(Instant time) {
        Duration age = Duration.between(time, now);
        if (!age.isPositive()) {
            return -1;
        }
        return 63 - Long.numberOfLeadingZeros(age.toNanos());
    }
}
