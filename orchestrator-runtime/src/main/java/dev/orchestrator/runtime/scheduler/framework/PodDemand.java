package dev.orchestrator.runtime.scheduler.framework;

import java.util.List;

import dev.orchestrator.api.model.core.PodSpec;

/**
 * What a pod takes from its node.
 *
 * @param requests what it asks for
 * @param assumed the same with a guess for containers that ask for nothing, for scores
 * @param hostPorts the node's ports it occupies
 */
public record PodDemand(ResourceAmounts requests, ResourceAmounts assumed, List<HostPort> hostPorts) {

    /** Copies the list. */
    public PodDemand {
        hostPorts = List.copyOf(hostPorts);
    }

    /** {@return the demand of a pod with this spec} */
    public static PodDemand of(PodSpec spec) {
        return new PodDemand(PodRequests.asked(spec), PodRequests.assumed(spec), PodRequests.hostPorts(spec));
    }
}
