package dev.orchestrator.runtime.scheduler;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.orchestrator.runtime.scheduler.framework.Refusal;

/**
 * Why no node takes a pod, in the words of Kubernetes.
 *
 * @param message the text of the pod's condition and of the event
 */
record FitError(String message) {

    /** There is not a single node. */
    static final FitError NO_NODES = new FitError("no nodes available to schedule pods");

    private static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";
    private static final String NO_VICTIMS = "No preemption victims found for incoming pod";

    /**
     * {@return the error of a pod that each node refused}
     *
     * @param refusals one for each node that was looked at
     * @param passedOver why the other nodes were not; empty when all were
     * @param nodes how many nodes there are
     * @param mayPreempt whether the pod's preemption policy allows it to displace others
     */
    static FitError of(List<Refusal> refusals, String passedOver, int nodes, boolean mayPreempt) {
        var reasons = new TreeMap<String, Integer>();
        int helpless = 0;
        for (Refusal refusal : refusals) {
            for (String reason : refusal.why().reasons()) {
                reasons.merge(reason, 1, Integer::sum);
            }
            helpless += refusal.why().resolvable() ? 0 : 1;
        }
        int absent = nodes - refusals.size();
        if (absent > 0 && !passedOver.isEmpty()) {
            reasons.merge(passedOver, absent, Integer::sum);
            helpless += absent;
        }
        return new FitError(unavailable(nodes, reasons) + " preemption: " + preemption(nodes, helpless, mayPreempt));
    }

    private static String preemption(int nodes, int helpless, boolean mayPreempt) {
        if (!mayPreempt) {
            return "not eligible due to preemptionPolicy=Never.";
        }
        var reasons = new TreeMap<String, Integer>();
        if (helpless > 0) {
            reasons.put(NOT_HELPFUL, helpless);
        }
        if (nodes > helpless) {
            reasons.put(NO_VICTIMS, nodes - helpless);
        }
        return unavailable(nodes, reasons);
    }

    /** Kubernetes sorts the counted reasons as texts: {@code 10 a} comes before {@code 2 b}. */
    private static String unavailable(int nodes, Map<String, Integer> reasons) {
        String counted = reasons.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
        return "0/" + nodes + " nodes are available:" + (counted.isEmpty() ? "" : " " + counted + ".");
    }
}
