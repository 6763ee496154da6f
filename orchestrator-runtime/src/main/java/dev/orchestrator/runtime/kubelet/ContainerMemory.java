package dev.orchestrator.runtime.kubelet;

import java.time.Instant;

import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/**
 * What the kubelet remembers of one container of a pod, beyond what the driver and the store tell; confined to the
 * pod's worker.
 */
final class ContainerMemory {

    /** How far stopping the container is. */
    enum Stop {
        /** It is not being stopped. */
        NONE,
        /** Its preStop hook runs. */
        HOOK,
        /** Its preStop hook has ended. */
        HOOK_DONE,
        /** It has been told to end. */
        SIGNALLED
    }

    /** Why a running container has to go. */
    enum Doom {
        LIVENESS,
        STARTUP,
        POST_START
    }

    final String name;

    /** The highest attempt that the driver ever had; -1 when none. */
    int seen = -1;

    /** Which container, by its attempt, all that follows up to the empty line is about. */
    int attempt = -1;

    /** It is being started: its postStart hook has not ended. */
    boolean starting;

    /** What its startup probe says; null before it says anything. */
    @Nullable
    Boolean startupPassed;

    /** Whether its readiness probe says that it is ready. */
    boolean readinessPassed;

    @Nullable
    Doom doom;

    Stop stop = Stop.NONE;

    /** When it will be killed at the latest; set once stopping has begun. */
    @Nullable
    Instant killAt;

    /** When stopping it may be tried again after it has failed. */
    Instant stopRetryAt = Instant.MIN;

    /** Why it could not be started the last time; null when it could. */
    @Nullable
    Waiting failure;

    /** What the status says of it while it does not run. */
    @Nullable
    Waiting waiting;

    /** The resources that were set aside for it; null before that was looked at. */
    @Nullable
    ResourceRequirements allocated;

    /** The resources that it was given when it was made or resized. */
    @Nullable
    ResourceRequirements actual;

    /** When giving it other resources may be tried again after it has failed. */
    Instant resizeRetryAt = Instant.MIN;

    /** It was removed to be started again, whatever it ended with. */
    boolean isReset;

    /** It was added to the running pod. */
    final boolean isEphemeral;

    @Nullable
    Backoff crash;

    @Nullable
    Backoff pull;

    ContainerMemory(String name, boolean isEphemeral) {
        this.name = name;
        this.isEphemeral = isEphemeral;
    }

    /** Forgets what was about an earlier container. */
    void follow(int newAttempt) {
        if (attempt != newAttempt) {
            attempt = newAttempt;
            starting = false;
            startupPassed = null;
            readinessPassed = false;
            doom = null;
            stop = Stop.NONE;
            killAt = null;
            stopRetryAt = Instant.MIN;
        }
    }

    /** Takes over what was known of a container before anything was remembered of it. */
    void resume(int ofAttempt, ContainerStatus reported) {
        if (attempt < 0) {
            follow(ofAttempt);
            startupPassed = Boolean.TRUE.equals(reported.started()) ? Boolean.TRUE : null;
            readinessPassed = reported.ready();
        }
    }

    /** {@return whether the facts about one container are about this one} */
    boolean isAbout(int otherAttempt) {
        return attempt == otherAttempt;
    }

    boolean isStopping(int ofAttempt) {
        return attempt == ofAttempt && stop != Stop.NONE;
    }
}
