package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;

/** Starts the kubelet's virtual threads, each a piece of work, and ends them all in the end. */
final class Runners {

    private final TimeSource time;
    private final Map<Thread, Boolean> running = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private volatile boolean closed;

    Runners(TimeSource time) {
        this.time = time;
    }

    /** Runs a task on a thread of its own; does nothing once closed. */
    void start(String name, Runnable task) {
        if (closed) {
            return;
        }
        time.workStarted();
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                task.run();
            } finally {
                running.remove(Thread.currentThread());
                time.workFinished();
                if (closed) {
                    signalEnded();
                }
            }
        });
        running.put(thread, true);
        thread.start();
    }

    boolean isClosed() {
        return closed;
    }

    private void signalEnded() {
        lock.lock();
        try {
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts all threads and waits for them to end, no longer than the given time. */
    void close(Duration patience) throws InterruptedException {
        closed = true;
        running.keySet().forEach(Thread::interrupt);
        long deadline = System.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            // A thread may leave between the check and the wait without being heard, so the wait is short.
            while (!running.isEmpty() && System.nanoTime() < deadline) {
                ended.await(20, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }
}
