package dev.orchestrator.api;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * The state of an orchestrator that can not be taken up. Nothing in its directory has been changed, and no orchestrator
 * has been started.
 */
public final class StateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a state can not be taken up. */
    public enum Reason {
        /** A living orchestrator has it, in this JVM or another: end that one, or use another directory. */
        IN_USE,
        /** It belongs to an orchestrator of another name. */
        OTHER_NAME,
        /** It was written by a version that is newer than this one. */
        OTHER_VERSION,
        /** Something in it is not as it was written: restore it from a copy, or begin anew in another directory. */
        DAMAGED,
        /** Its files can not be read or written. */
        INACCESSIBLE
    }

    private final Reason reason;

    /** Made by the runtime. */
    public StateException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason is null");
    }

    /** {@return why the state can not be taken up} */
    public Reason reason() {
        return reason;
    }
}
