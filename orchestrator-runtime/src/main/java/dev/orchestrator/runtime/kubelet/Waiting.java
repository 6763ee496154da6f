package dev.orchestrator.runtime.kubelet;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Why a container is not running though it should.
 *
 * @param reason Kubernetes' one-word reason
 * @param message the explanation
 * @param image the image it was about: another image is tried at once
 * @param until when to try again; null when something else has to change first
 */
record Waiting(
        String reason,
        String message,
        String image,
        @Nullable Instant until) {

    static final String CONTAINER_CREATING = "ContainerCreating";
    static final String POD_INITIALIZING = "PodInitializing";
    static final String CRASH_LOOP = "CrashLoopBackOff";
    static final String PULL_FAILED = "ErrImagePull";
    static final String PULL_BACK_OFF = "ImagePullBackOff";
    static final String NEVER_PULL = "ErrImageNeverPull";
    static final String INVALID_IMAGE = "InvalidImageName";
    static final String INSPECT_FAILED = "ImageInspectError";
    static final String CONFIG = "CreateContainerConfigError";
    static final String CREATE = "CreateContainerError";
    static final String RUN = "RunContainerError";
    static final String POST_START = "PostStartHookError";

    /** {@return whether both say the same to a reader of the status} */
    boolean saysTheSameAs(@Nullable Waiting other) {
        return other != null && reason.equals(other.reason) && message.equals(other.message);
    }
}
