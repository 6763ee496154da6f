package dev.orchestrator.spi;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.PodSpec;

/**
 * What a sandbox is made from.
 *
 * @param node where to run it
 * @param namespace the pod's namespace
 * @param podName the pod's name
 * @param podUid the pod's uid
 * @param attempt how many sandboxes this pod had before
 * @param hostname the host name its containers see
 * @param labels the pod's labels
 * @param annotations the pod's annotations
 * @param ports the ports its containers declare
 * @param pod the pod's specification, for what a driver maps one to one: host namespaces, security, host aliases, DNS
 */
public record SandboxSpec(
        String node,
        String namespace,
        String podName,
        String podUid,
        int attempt,
        String hostname,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<PublishedPort> ports,
        PodSpec pod) {

    /**
     * A port that the host must be able to reach.
     *
     * @param containerPort the port inside the pod
     * @param protocol its protocol
     * @param hostPort the port of the host asked for; 0 for any
     * @param hostIp the address of the host asked for; empty for any
     */
    public record PublishedPort(int containerPort, TransportProtocol protocol, int hostPort, String hostIp) {}

    /** Copies the collections. */
    public SandboxSpec {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        ports = List.copyOf(ports);
    }
}
