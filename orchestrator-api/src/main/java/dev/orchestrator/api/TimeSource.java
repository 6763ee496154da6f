package dev.orchestrator.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Where an orchestrator gets the time from: every timestamp, wait, back-off and probe goes through it.
 *
 * <p>{@link SystemTime} is the real time; {@link ManualClock} moves only when a test says so. All methods may be called
 * from any thread.
 */
public interface TimeSource extends InstantSource {

    /** A task that is due later. */
    interface Timer {

        /**
         * Takes the task back if it has not started yet.
         *
         * @return whether it will never run
         */
        boolean cancel();
    }

    /** {@return the present moment} */
    @Override
    Instant instant();

    /**
     * Runs a task once, at the given moment or as soon after it as possible; at once if the moment has passed.
     *
     * @param when the moment
     * @param task what to run: short, never blocking; what it throws is logged and ends only itself
     * @return a handle to take the task back
     */
    Timer schedule(Instant when, Runnable task);

    /**
     * Runs a task once after a delay, as {@link #schedule(Instant, Runnable)} does.
     *
     * @param delay how long from now; zero or less runs it as soon as possible
     */
    default Timer schedule(Duration delay, Runnable task) {
        return schedule(instant().plus(delay), task);
    }

    /**
     * Blocks the calling thread until this time source has moved on by the given duration.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Says that a piece of work has begun or is queued that {@link ManualClock#settle()} must wait for. Each call is
     * paired with one {@link #workFinished()}, on any thread. Costs nothing on the real time.
     */
    default void workStarted() {}

    /** Says that a piece of work announced by {@link #workStarted()} has ended. */
    default void workFinished() {}
}
