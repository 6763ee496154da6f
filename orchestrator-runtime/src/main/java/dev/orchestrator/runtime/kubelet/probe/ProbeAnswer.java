package dev.orchestrator.runtime.kubelet.probe;

/**
 * What one run of a probe says.
 *
 * @param verdict how the container is
 * @param message why, in Kubernetes' words
 */
public record ProbeAnswer(Verdict verdict, String message) {

    /** How a container is. */
    public enum Verdict {
        /** It is well. */
        SUCCESS,
        /** It counts as well, but something is to be said about it. */
        WARNING,
        /** It is not well. */
        FAILURE
    }

    /** {@return that the container is well} */
    public static ProbeAnswer success(String message) {
        return new ProbeAnswer(Verdict.SUCCESS, message);
    }

    /** {@return that the container is not well} */
    public static ProbeAnswer failure(String message) {
        return new ProbeAnswer(Verdict.FAILURE, message);
    }

    /** {@return whether the container counts as well} */
    public boolean isSuccess() {
        return verdict != Verdict.FAILURE;
    }
}
