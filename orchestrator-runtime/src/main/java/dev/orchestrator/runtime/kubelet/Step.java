package dev.orchestrator.runtime.kubelet;

import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.SandboxId;
import org.jspecify.annotations.Nullable;

/** What a pod worker does next with the driver; one at a time. */
sealed interface Step {

    /** Makes the pod's volumes ready. */
    record SetUpVolumes() implements Step {}

    /** Makes the pod's sandbox. */
    record CreateSandbox(int attempt) implements Step {}

    /** Looks for a sandbox whose making was never answered. */
    record FindSandbox() implements Step {}

    /** Stops a sandbox that no longer works, so that another may be made. */
    record RetireSandbox(SandboxId id) implements Step {}

    /**
     * Starts a container.
     *
     * @param role what the container is to the pod
     * @param attempt how many containers of its name there were before
     * @param created the container when it is made already; null when it is to be made
     */
    record Start(
            Container container,
            Role role,
            int attempt,
            @Nullable ContainerId created) implements Step {}

    /** Gives a running container other resources. */
    record Resize(String container, ContainerId id, ResourceRequirements to) implements Step {}

    /** Removes all containers of a sandbox but the ephemeral ones, in that order, to start them anew. */
    record ResetContainers(SandboxId sandbox, List<ContainerId> ids) implements Step {}

    /** Stops the sandboxes of a pod that has ended. */
    record StopSandboxes(List<SandboxId> ids) implements Step {}

    /** Removes all that the driver has of a deleted pod. */
    record RemoveSandboxes(List<SandboxId> ids) implements Step {}

    /** What a container is to its pod. */
    enum Role {
        /** Runs once before the main containers. */
        INIT,
        /** An init container that keeps running beside the main containers. */
        SIDECAR,
        /** One of those the pod is about. */
        MAIN,
        /** Added to the running pod, for looking around. */
        EPHEMERAL
    }
}
