package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/** What the kubelet remembers of a pod, beyond what the driver and the store tell; confined to the pod's worker. */
final class PodMemory {

    /** When the kubelet took the pod on. */
    final Instant startTime;

    private final ContainerMemory[] containers;

    /** How many sandboxes the pod has had. */
    int sandboxes;

    /** A call that makes a sandbox has not been answered: there may be one that is not known. */
    boolean sandboxInDoubt;

    /** How often in a row a call about the sandbox has failed. */
    int sandboxFailures;

    /** When such a call may be tried again. */
    Instant sandboxRetryAt = Instant.MIN;

    /** Why the sandbox could not be made; null when it could. */
    @Nullable
    String sandboxError;

    /** Why the pod has ended for good by itself; null while it has not. */
    @Nullable
    Verdict verdict;

    /** When the grace period began that the pod ends with; null while it does not end. */
    @Nullable
    Instant endingSince;

    /** That grace period. */
    @Nullable
    Duration endingGrace;

    /** Its sandbox has been stopped for good, or it never had one. */
    boolean stopped;

    /** Nothing of it is left at the driver. */
    boolean cleaned;

    PodMemory(Pod pod, Instant startTime) {
        this.startTime = startTime;
        var inits = pod.spec().initContainers();
        var mains = pod.spec().containers();
        containers = new ContainerMemory[inits.size() + mains.size()];
        int next = 0;
        for (Container container : inits) {
            containers[next++] = new ContainerMemory(container.name());
        }
        for (Container container : mains) {
            containers[next++] = new ContainerMemory(container.name());
        }
    }

    /** {@return what is remembered of the container with that name} */
    ContainerMemory of(String name) {
        for (ContainerMemory memory : containers) {
            if (memory.name.equals(name)) {
                return memory;
            }
        }
        throw new IllegalArgumentException("no container " + name);
    }

    boolean has(String name) {
        for (ContainerMemory memory : containers) {
            if (memory.name.equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** {@return all that is remembered of containers, init containers first} */
    ContainerMemory[] all() {
        return containers;
    }
}
