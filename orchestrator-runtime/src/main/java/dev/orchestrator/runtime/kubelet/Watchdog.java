package dev.orchestrator.runtime.kubelet;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks after operations that take long. However many there are, it holds one timer: that of the operation that is due
 * first. An operation that ends in time costs an entry in a set.
 */
final class Watchdog {

    private final TimeSource time;
    private final Map<Thread, Operation> watched = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Instant armedFor = Instant.MAX;
    private TimeSource.@Nullable Timer timer;
    private boolean closed;

    Watchdog(TimeSource time) {
        this.time = time;
    }

    /** Looks after what the calling thread does, until it says that it has ended. */
    void begin(Operation operation) {
        watched.put(Thread.currentThread(), operation);
        due(operation.dueAt());
    }

    /** The calling thread has ended its operation. */
    void end() {
        watched.remove(Thread.currentThread());
    }

    /** {@return whether the calling thread is running an operation} */
    boolean isWatched() {
        return watched.containsKey(Thread.currentThread());
    }

    /** {@return the operations that run now} */
    Collection<Operation> watched() {
        return watched.values();
    }

    /** Says that an operation wants to be looked at then. */
    void due(Instant when) {
        if (when.isBefore(armedFor)) {
            arm(when);
        }
    }

    private void arm(Instant when) {
        lock.lock();
        try {
            if (when.isBefore(armedFor) && !closed) {
                if (timer != null) {
                    timer.cancel();
                }
                armedFor = when;
                timer = time.schedule(when, this::look);
            }
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        lock.lock();
        try {
            timer = null;
            armedFor = Instant.MAX;
        } finally {
            lock.unlock();
        }
        Instant now = time.instant();
        Instant next = Instant.MAX;
        for (Operation operation : watched.values()) {
            if (!operation.dueAt().isAfter(now)) {
                operation.look(now);
            }
            Instant due = operation.dueAt();
            next = due.isBefore(next) ? due : next;
        }
        due(next);
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            if (timer != null) {
                timer.cancel();
            }
        } finally {
            lock.unlock();
        }
    }
}
