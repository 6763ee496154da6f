package dev.orchestrator.runtime.scheduler.framework;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts why nodes are of no use, and says so in the words of Kubernetes. */
public final class Unavailable {

    private final int nodes;
    private final Map<String, Integer> reasons = new TreeMap<>();

    /**
     * Creates an empty count.
     *
     * @param nodes how many nodes there are
     */
    public Unavailable(int nodes) {
        this.nodes = nodes;
    }

    /** Counts a reason for some nodes. */
    public void count(String reason, int times) {
        if (times > 0) {
            reasons.merge(reason, times, Integer::sum);
        }
    }

    /** Counts every reason of one node. */
    public void count(Rejection rejection) {
        rejection.reasons().forEach(reason -> count(reason, 1));
    }

    /** {@return the sentence; Kubernetes sorts the counted reasons as texts: {@code 10 a} comes before {@code 2 b}} */
    public String message() {
        String counted = reasons.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
        return "0/" + nodes + " nodes are available:" + (counted.isEmpty() ? "" : " " + counted + ".");
    }
}
