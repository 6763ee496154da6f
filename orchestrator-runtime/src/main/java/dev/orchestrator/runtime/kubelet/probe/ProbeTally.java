package dev.orchestrator.runtime.kubelet.probe;

/**
 * Counts the answers of a probe in a row.
 *
 * @param last whether the last answer was a success
 * @param run how many answers in a row were the same; 0 before the first
 */
public record ProbeTally(boolean last, int run) {

    /** No answer yet. */
    public static final ProbeTally NONE = new ProbeTally(false, 0);

    /** {@return the tally after another answer} */
    public ProbeTally with(boolean success) {
        return run > 0 && last == success ? new ProbeTally(success, run + 1) : new ProbeTally(success, 1);
    }

    /** {@return whether there were enough of the last answer for it to count} */
    public boolean counts(int successThreshold, int failureThreshold) {
        return run >= Math.max(1, last ? successThreshold : failureThreshold);
    }
}
