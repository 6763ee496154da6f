package dev.orchestrator.spi;

import java.time.Instant;
import java.util.List;

/**
 * A sandbox as it is now.
 *
 * @param id its id
 * @param node where it runs
 * @param namespace the pod's namespace
 * @param podName the pod's name
 * @param podUid the pod's uid
 * @param attempt how many sandboxes the pod had before
 * @param ready whether it runs
 * @param ips the pod's addresses, the primary one first; empty with host networking or when stopped
 * @param createdAt when it was made
 * @param containers its containers, in the order they were created
 */
public record SandboxState(
        SandboxId id,
        String node,
        String namespace,
        String podName,
        String podUid,
        int attempt,
        boolean ready,
        List<String> ips,
        Instant createdAt,
        List<ContainerState> containers) {

    /** Copies the lists. */
    public SandboxState {
        ips = List.copyOf(ips);
        containers = List.copyOf(containers);
    }
}
