package dev.orchestrator.runtime.scheduler.framework;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import org.jspecify.annotations.Nullable;

/**
 * A pod as the scheduler looks at it.
 *
 * @param pod the stored pod
 * @param demand what it takes from a node
 * @param group the pods it should be spread from; null when it stands alone
 * @param terms what it wants of the places of other pods
 */
public record PodInfo(Pod pod, PodDemand demand, @Nullable PodGroup group, PodTerms terms) {

    /** {@return the pod's spec} */
    public PodSpec spec() {
        return pod.spec();
    }

    /** {@return how important the pod is} */
    public int priority() {
        Integer priority = pod.spec().priority();
        return priority == null ? 0 : priority;
    }

    /** {@return what selectors see of the pod} */
    public PodClass selectable() {
        return PodClass.of(pod);
    }

    /** {@return the pod as it is counted on a node} */
    public PlacedPod placed() {
        return new PlacedPod(pod.key(), pod.metadata().uidOrEmpty(), priority(), selectable(), demand, group, terms);
    }
}
