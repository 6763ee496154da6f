package dev.orchestrator.runtime.network.proxy;

import java.time.Duration;

/** The injected source of timeouts, so that tests advance them by hand; callable from any thread. */
@FunctionalInterface
public interface ProxyTimer {

    /**
     * Runs a task once after a delay, on any thread; the proxy's tasks are short and never block.
     *
     * @return takes the task back if it has not begun
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** Takes a scheduled task back; does nothing once the task has begun. */
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }
}
