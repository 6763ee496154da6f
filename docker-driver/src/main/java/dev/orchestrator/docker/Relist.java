package dev.orchestrator.docker;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;
import org.jspecify.annotations.Nullable;

/** Says once a minute that events may have been missed: the safety net below the engine's events. */
final class Relist implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final TimeSource timers;
    private final Runnable lost;
    private final ReentrantLock lock = new ReentrantLock();
    private TimeSource.@Nullable Timer next;
    private boolean isClosed;

    Relist(TimeSource timers, Runnable lost) {
        this.timers = timers;
        this.lost = lost;
    }

    void start() {
        lock.lock();
        try {
            if (!isClosed) {
                next = timers.schedule(PERIOD, this::fire);
            }
        } finally {
            lock.unlock();
        }
    }

    private void fire() {
        start();
        lost.run();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            if (next != null) {
                next.cancel();
            }
        } finally {
            lock.unlock();
        }
    }
}
