package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.spi.ContainerState;
import org.jspecify.annotations.Nullable;

/**
 * All that a plan about a pod may depend on.
 *
 * @param pod what is wanted, and the status written last
 * @param removed whether the pod is no longer in the store
 * @param observed what the driver has
 * @param memory what the kubelet remembers; plans only read it
 * @param nodeReady whether its node is up
 * @param now the present moment
 */
record PodView(Pod pod, boolean removed, Observed observed, PodMemory memory, boolean nodeReady, Instant now) {

    private static final long DEFAULT_GRACE_SECONDS = 30;
    private static final long EVICTION_GRACE_SECONDS = 1;

    /** {@return the same view of the pod as it is stored now} */
    PodView with(Pod stored) {
        return new PodView(stored, removed, observed, memory, nodeReady, now);
    }

    boolean isDeleted() {
        return removed || pod.metadata().isTerminating();
    }

    /** {@return whether the pod is to be brought to an end, for whatever reason} */
    boolean isEnding() {
        return isDeleted() || memory.verdict != null;
    }

    /** {@return whether all init containers have done their part in the present sandbox: a main container was made} */
    boolean isInitialized() {
        for (Container container : pod.spec().containers()) {
            if (observed.latestCurrent(container.name()) != null) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a running container has got through its postStart hook and its startup probe} */
    boolean isStarted(Container container) {
        ContainerState state = observed.latestCurrent(container.name());
        if (state == null || state.phase() != ContainerState.Phase.RUNNING) {
            return false;
        }
        ContainerMemory remembered = memory.of(container.name());
        boolean isKnown = remembered.isAbout(state.attempt());
        if (isKnown && remembered.starting) {
            return false;
        }
        return container.startupProbe() == null || (isKnown && Boolean.TRUE.equals(remembered.startupPassed));
    }

    /** {@return the attempt of the next container of that name} */
    int nextAttempt(String name) {
        int seen = memory.of(name).seen;
        if (seen >= 0) {
            return seen + 1;
        }
        ContainerStatus reported = reported(name);
        if (reported == null) {
            return 0;
        }
        boolean hasRun = reported.state().running() != null || reported.state().terminated() != null;
        return hasRun ? reported.restartCount() + 1 : reported.restartCount();
    }

    /** {@return how long the containers have to end, once the pod is ending} */
    Duration grace() {
        Long asked = removed ? Long.valueOf(0) : pod.metadata().deletionGracePeriodSeconds();
        if (!isDeleted() && memory.verdict != null && memory.verdict.isEviction()) {
            asked = EVICTION_GRACE_SECONDS;
        } else if (!isDeleted() || asked == null) {
            asked = pod.spec().terminationGracePeriodSeconds();
        }
        return Duration.ofSeconds(asked == null ? DEFAULT_GRACE_SECONDS : Math.max(0, asked));
    }

    /** {@return what the store says of a container; null when it says nothing} */
    @Nullable
    ContainerStatus reported(String name) {
        return reported(pod, name);
    }

    /** {@return what the status of a pod says of a container; null when it says nothing} */
    static @Nullable ContainerStatus reported(Pod pod, String name) {
        ContainerStatus main = find(pod.status().containerStatuses(), name);
        if (main != null) {
            return main;
        }
        ContainerStatus init = find(pod.status().initContainerStatuses(), name);
        return init != null ? init : find(pod.status().ephemeralContainerStatuses(), name);
    }

    /** {@return whether a container is an init container that keeps running beside the others} */
    static boolean isSidecar(Container init) {
        return "Always".equals(init.restartPolicy());
    }

    /** {@return how Kubernetes names a pod in messages: {@code web_default(uid)}} */
    static String format(Pod pod) {
        return pod.metadata().nameOrEmpty() + "_" + pod.metadata().namespaceOrEmpty() + "("
                + pod.metadata().uidOrEmpty() + ")";
    }

    static @Nullable ContainerStatus find(List<ContainerStatus> statuses, String name) {
        for (ContainerStatus status : statuses) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        return null;
    }
}
