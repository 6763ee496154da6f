package dev.orchestrator.runtime.scheduler;

import java.util.List;
import java.util.stream.Collectors;

import dev.orchestrator.runtime.scheduler.framework.Refusal;
import dev.orchestrator.runtime.scheduler.framework.Unavailable;

/**
 * Why no node takes a pod, in the words of Kubernetes.
 *
 * @param message the text of the pod's condition and of the event
 */
record FitError(String message) {

    /** There is not a single node. */
    static final FitError NO_NODES = new FitError("no nodes available to schedule pods");

    /** {@return the error of a pod that had a node but was not bound to it} */
    static FitError notBound(String why) {
        var unavailable = new Unavailable(1);
        unavailable.count(why, 1);
        return new FitError(unavailable.message());
    }

    /**
     * {@return the error of a pod that each node refused}
     *
     * @param refusals one for each node that was looked at
     * @param passedOver why the other nodes were not; empty when all were
     * @param nodes how many nodes there are
     * @param afterwards what was said by those who might still have helped
     */
    static FitError of(List<Refusal> refusals, String passedOver, int nodes, List<String> afterwards) {
        var unavailable = new Unavailable(nodes);
        refusals.forEach(refusal -> unavailable.count(refusal.why()));
        if (!passedOver.isEmpty()) {
            unavailable.count(passedOver, nodes - refusals.size());
        }
        String helpless = afterwards.stream().filter(said -> !said.isEmpty()).collect(Collectors.joining(", "));
        return new FitError(unavailable.message() + (helpless.isEmpty() ? "" : " " + helpless));
    }
}
