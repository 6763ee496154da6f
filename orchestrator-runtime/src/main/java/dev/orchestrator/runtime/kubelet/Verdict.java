package dev.orchestrator.runtime.kubelet;

import org.jspecify.annotations.Nullable;

/**
 * Why a pod has ended for good by itself.
 *
 * @param failed whether it counts as failed whatever its containers say
 * @param reason the status' reason; null for none
 * @param message the status' message; null for none
 */
record Verdict(
        boolean failed, @Nullable String reason, @Nullable String message) {

    /** All its containers have ended and none is to be started again. */
    static final Verdict OVER = new Verdict(false, null, null);

    /** An init container has failed and is not to be started again. */
    static final Verdict NOT_INITIALIZED = new Verdict(true, null, null);

    static final Verdict DEADLINE_EXCEEDED =
            new Verdict(true, "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");

    private static final String EVICTED = "Evicted";

    /** The pod takes more of its node than it may. */
    static Verdict evicted(String why) {
        return new Verdict(true, EVICTED, why);
    }

    boolean isEviction() {
        return EVICTED.equals(reason);
    }
}
