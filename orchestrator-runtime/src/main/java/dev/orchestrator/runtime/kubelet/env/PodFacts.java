package dev.orchestrator.runtime.kubelet.env;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;

/**
 * What the downward API tells of a pod beyond what is in its object.
 *
 * @param podIps the pod's addresses, the primary one first; empty when it has none
 * @param hostIp the node's address; empty when it is not known
 * @param allocatable what the node can give to pods; stands in for limits that are not set
 */
public record PodFacts(List<String> podIps, String hostIp, Map<String, Quantity> allocatable) {}
