package dev.orchestrator.api;

import static java.util.Objects.requireNonNull;

/**
 * A wait that did not come to its end, in time or at all. The message tells what was awaited and all that explains why
 * it did not happen: the object's conditions, its pods' phases, container states and exit codes, failed probes, the
 * last lines of logs and the events.
 */
public final class AwaitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a wait ended. */
    public enum Reason {
        /** Its time ran out. */
        TIMEOUT,
        /** What it waited for can not happen any more without a change. */
        IMPOSSIBLE,
        /** The object is gone. */
        DELETED
    }

    private final Reason reason;
    private final String summary;

    /** Made by handles. */
    public AwaitException(Reason reason, String summary, String explanation) {
        super(explanation.isEmpty() ? summary : summary + "\n" + explanation);
        this.reason = requireNonNull(reason, "reason is null");
        this.summary = summary;
    }

    /** {@return why the wait ended} */
    public Reason reason() {
        return reason;
    }

    /** {@return the first line of the message} */
    public String summary() {
        return summary;
    }
}
