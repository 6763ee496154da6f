package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EphemeralContainer;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.kubelet.volume.PodVolumes;
import org.jspecify.annotations.Nullable;

/** What the kubelet remembers of a pod, beyond what the driver and the store tell; confined to the pod's worker. */
final class PodMemory {

    /** When the kubelet took the pod on. */
    final Instant startTime;

    private ContainerMemory[] containers;

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

    /** Its volumes have been made ready, or it has none. */
    boolean hasVolumes;

    /** How often in a row they could not be made ready. */
    int volumeFailures;

    /** When to try that again. */
    Instant volumesRetryAt = Instant.MIN;

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

    /** Why resources that are wanted are not set aside yet; null when they are. */
    PodResize.@Nullable Pending pending;

    /** Resources that were set aside are on their way to the containers; null when they have them. */
    PodResize.@Nullable Progress progress;

    /** All its containers are being ended, to be started again. */
    boolean isRestartingAll;

    /** Nothing of it is left at the driver. */
    boolean cleaned;

    PodMemory(Pod pod, Instant startTime) {
        this.startTime = startTime;
        this.hasVolumes = !PodVolumes.areWanted(pod);
        var inits = pod.spec().initContainers();
        var mains = pod.spec().containers();
        containers = new ContainerMemory[inits.size() + mains.size()];
        int next = 0;
        for (Container container : inits) {
            containers[next++] = new ContainerMemory(container.name(), false);
        }
        for (Container container : mains) {
            containers[next++] = new ContainerMemory(container.name(), false);
        }
        addEphemeral(pod);
    }

    /** Takes in the ephemeral containers that the pod has got. */
    void addEphemeral(Pod pod) {
        for (EphemeralContainer container : pod.spec().ephemeralContainers()) {
            if (!has(container.name())) {
                containers = Arrays.copyOf(containers, containers.length + 1);
                containers[containers.length - 1] = new ContainerMemory(container.name(), true);
            }
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
