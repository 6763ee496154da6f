package dev.orchestrator.spi;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A container as it is now.
 *
 * @param id its id
 * @param name its name in the pod
 * @param attempt how many containers of this name the pod had before
 * @param image the image as the pod names it
 * @param imageId the image's digest or id
 * @param phase how far it is
 * @param createdAt when it was made
 * @param startedAt when its process was launched; null before
 * @param finishedAt when its process ended; null before
 * @param exitCode how its process ended; 128 + n after signal n; 0 before; 128 if it could not be started
 * @param outOfMemory whether it was killed for using too much memory
 * @param message what a failed start said, or, after the end, the last 4 KiB of the termination message file; empty
 *     when there is none
 */
public record ContainerState(
        ContainerId id,
        String name,
        int attempt,
        String image,
        String imageId,
        Phase phase,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int exitCode,
        boolean outOfMemory,
        String message) {

    /** How far a container is. */
    public enum Phase {
        /** Made, not started. */
        CREATED,
        /** Its process runs. */
        RUNNING,
        /** Its process has ended. */
        EXITED,
        /** The driver can not tell. */
        UNKNOWN
    }
}
