package dev.orchestrator.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Locale;

import com.github.dockerjava.api.exception.DockerException;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import org.jspecify.annotations.Nullable;

/** What a failure of the engine, or on the way to it, means to the kubelet. */
final class Failures {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;

    private Failures() {}

    /**
     * {@return what to throw: a failure that is one already as it is, {@link Reason#TIMEOUT} after the deadline,
     * {@link Reason#NOT_FOUND} for 404, {@link Reason#UNAVAILABLE} for the rest}
     *
     * @throws InterruptedException if the caller was interrupted
     */
    static DriverException translated(String what, Exception failure) throws InterruptedException {
        if (failure instanceof DriverException already) {
            return already;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClosedByInterruptException || cause instanceof InterruptedException) {
                // Clears the flag that the exception stands for.
                Thread.interrupted();
                var interrupted = new InterruptedException("interrupted while " + what);
                interrupted.initCause(failure);
                throw interrupted;
            }
            if (cause instanceof SocketTimeoutException) {
                return new DriverException(Reason.TIMEOUT, what + ": the engine did not answer in time", failure);
            }
            if (cause instanceof DockerException refused) {
                Reason reason = refused.getHttpStatus() == NOT_FOUND ? Reason.NOT_FOUND : Reason.UNAVAILABLE;
                return new DriverException(reason, what + ": " + message(refused), failure);
            }
        }
        if (failure instanceof UncheckedIOException || causedByIo(failure)) {
            return new DriverException(Reason.UNAVAILABLE, what + ": " + text(failure), failure);
        }
        return new DriverException(
                Reason.UNAVAILABLE, what + ": the answer can not be understood: " + failure, failure);
    }

    private static boolean causedByIo(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return failure instanceof IOException || (cause != null && causedByIo(cause));
    }

    private static String text(Exception failure) {
        @Nullable Throwable cause = failure.getCause();
        Throwable told = cause == null ? failure : cause;
        String message = told.getMessage();
        return message == null ? "the connection was closed" : message;
    }

    /** {@return the words of the engine in a refusal} */
    static String message(DockerException refused) {
        String text = refused.getMessage() == null ? "" : refused.getMessage().strip();
        String body = text.replaceFirst("^Status \\d+: ", "");
        if (!body.startsWith("{")) {
            return body;
        }
        try {
            return Json.read(body).path("message").asText(body);
        } catch (IOException e) {
            // What is no JSON is a message.
            return body;
        }
    }

    /** {@return whether a container can not be made because there is one of its name} Podman says 500. */
    static boolean isNameTaken(DockerException refused) {
        return refused.getHttpStatus() == CONFLICT || message(refused).contains("is already in use");
    }

    /** {@return whether a container can not be told anything because it is gone or does not run} */
    static boolean isEnded(DockerException refused) {
        String message = message(refused);
        // Older engines say 500, and so does Podman.
        return refused.getHttpStatus() == NOT_FOUND
                || refused.getHttpStatus() == CONFLICT
                || message.contains("is not running")
                || message.contains("can only kill running containers");
    }

    /** {@return whether a container stays because others are in its namespaces} Only Podman minds. */
    static boolean hasDependents(DockerException refused) {
        return message(refused).contains("has dependent containers");
    }

    /** {@return whether an engine says in an answer, or in the output of a command, that it could not start one} */
    static boolean isExecFailure(String text) {
        return text.contains("OCI runtime exec failed") || text.contains("exec failed: unable to start");
    }

    /** {@return whether the engine itself failed, so that the same call may succeed later} */
    static boolean isEngineFault(DockerException refused) {
        return refused.getHttpStatus() > SERVER_ERROR;
    }

    /** {@return why an image could not be pulled, by the words of the engine and the registry} */
    static Reason pullReason(int status, String message) {
        String words = message.toLowerCase(Locale.ROOT);
        if (words.contains("invalid reference format") || words.contains("invalid repository name")) {
            return Reason.INVALID_IMAGE_NAME;
        }
        if (words.contains("denied")
                || words.contains("unauthorized")
                || words.contains("authentication required")
                || words.contains("no basic auth credentials")) {
            return Reason.IMAGE_PULL_DENIED;
        }
        boolean isMissing = words.contains("manifest unknown")
                || words.contains("not found")
                || words.contains("name unknown")
                || words.contains("no such image");
        return isMissing || status == NOT_FOUND ? Reason.IMAGE_NOT_FOUND : Reason.IMAGE_PULL_FAILED;
    }
}
