package dev.orchestrator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import static java.util.Objects.requireNonNull;

/**
 * The real time. Owns one daemon thread for its timers, started with the first of them; whoever creates it closes it.
 */
public final class SystemTime implements TimeSource, AutoCloseable {

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor timers;

    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    /** Creates a time source with a timer thread of its own. */
    public SystemTime() {
        ThreadFactory factory =
                Thread.ofPlatform().daemon().name("orchestrator-timers").factory();
        timers = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = factory.newThread(task);
            threads.add(thread);
            return thread;
        });
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public Timer schedule(Instant when, Runnable task) {
        return schedule(Duration.between(instant(), when), task);
    }

    /** {@inheritDoc} After {@link #close()} the task is dropped. */
    @Override
    public Timer schedule(Duration delay, Runnable task) {
        requireNonNull(task, "task is null");
        if (timers.isShutdown()) {
            return () -> true;
        }
        long nanos = Math.max(0, saturatedNanos(delay));
        Future<?> future = timers.schedule(() -> runLogged(task), nanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            TimeUnit.NANOSECONDS.sleep(saturatedNanos(duration));
        }
    }

    /**
     * Ends the timer thread and waits for it; tasks that are not due yet never run. Not to be called by a timer's task.
     */
    @Override
    public void close() {
        timers.shutdownNow();
        try {
            if (!timers.awaitTermination(CLOSE_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                log().log(System.Logger.Level.WARNING, "a timer''s task still runs {0} after close", CLOSE_PATIENCE);
                return;
            }
            // A pool is terminated a moment before its thread is.
            for (Thread thread : threads) {
                thread.join(CLOSE_PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long saturatedNanos(Duration duration) {
        // A duration of more than 292 years does not fit a long of nanoseconds.
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE / 2)) > 0 ? Long.MAX_VALUE / 2 : duration.toNanos();
    }

    // Looked up when there is something to say: finding the platform's logging takes a noticeable part of a start.
    private static System.Logger log() {
        return System.getLogger(SystemTime.class.getName());
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log().log(System.Logger.Level.ERROR, "a timer's task failed", e);
        }
    }
}
