package dev.orchestrator.runtime.kubelet;

import java.util.List;

import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What came of an operation. */
sealed interface Outcome {

    /** What the driver has of the sandbox now; null when it has none. */
    record Seen(Truth truth) implements Outcome {}

    /** All sandboxes of the pod. */
    record Found(List<SandboxState> sandboxes) implements Outcome {}

    /**
     * A container runs and its postStart hook has ended.
     *
     * @param truth what the driver has since; null when it does not say
     */
    record Started(@Nullable Truth truth) implements Outcome {}

    /**
     * A container could not be started.
     *
     * @param missing what it waits for; null when it only waits for time to pass
     */
    record NotStarted(Waiting failure, @Nullable Missing missing) implements Outcome {}

    /**
     * A volume could not be made ready.
     *
     * @param missing what it waits for; null when it only waits for time to pass
     */
    record NotSetUp(String message, @Nullable Missing missing) implements Outcome {}

    /** A container runs, but its postStart hook has failed; what the driver has since is to be asked. */
    record HookFailed(String message) implements Outcome {}

    /** It is done and nothing more is to be said. */
    record Done() implements Outcome {}

    /** It has ended early because it was told to; it may be done or not. */
    record Cancelled() implements Outcome {}

    /**
     * The driver has failed.
     *
     * @param message why
     * @param isInDoubt whether it may be done all the same
     * @param isNodeDown whether nothing can be done there now
     */
    record Failed(String message, boolean isInDoubt, boolean isNodeDown) implements Outcome {

        static Failed of(Throwable failure) {
            String message =
                    requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
            if (failure instanceof DriverException refused) {
                boolean isInDoubt = refused.reason() == DriverException.Reason.TIMEOUT
                        || refused.reason() == DriverException.Reason.UNAVAILABLE;
                return new Failed(message, isInDoubt, refused.reason() == DriverException.Reason.NODE_DOWN);
            }
            return new Failed(message, true, false);
        }
    }

    /**
     * What the driver said about a sandbox.
     *
     * @param sequence orders answers by when the question was asked
     * @param sandbox the answer; null when there is none
     */
    record Truth(long sequence, @Nullable SandboxState sandbox) {}
}
