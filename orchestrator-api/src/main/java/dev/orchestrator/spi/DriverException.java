package dev.orchestrator.spi;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** A driver call that failed; the reason says what the caller does next. */
public final class DriverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a driver call failed. */
    public enum Reason {
        /** The sandbox or container does not exist or does not run: treat it as gone. */
        NOT_FOUND,
        /** The node is unknown or down: nothing can be done there now. */
        NODE_DOWN,
        /** The specification can not be carried out: back off, it may be changed. */
        CREATE_REJECTED,
        /** The process can not be launched: back off. */
        START_REJECTED,
        /** The command can not be started in the container: report it. */
        EXEC_REJECTED,
        /** No such image: back off. */
        IMAGE_NOT_FOUND,
        /** The registry refuses to hand out the image: back off. */
        IMAGE_PULL_DENIED,
        /** The image could not be brought here: back off, it may work later. */
        IMAGE_PULL_FAILED,
        /** The name of the image is not one: do not retry until it is changed. */
        INVALID_IMAGE_NAME,
        /** The deadline has passed: the change may or may not have happened. */
        TIMEOUT,
        /** The backend does not answer: retry later; the change may or may not have happened. */
        UNAVAILABLE,
        /** This driver has no such ability: report it. */
        UNSUPPORTED
    }

    private final Reason reason;

    /** Creates the failure of one call. */
    public DriverException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** Creates the failure of one call that another failure has caused. */
    public DriverException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason is null");
    }

    /** {@return what went wrong, and so what to do next} */
    public Reason reason() {
        return reason;
    }
}
