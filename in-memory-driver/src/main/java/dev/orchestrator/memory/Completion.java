package dev.orchestrator.memory;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;

/**
 * Something that happens once and that driver calls wait for. A waiting call gives its piece of work up; who completes
 * takes it up again for each of them before they wake.
 */
final class Completion {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TimeSource time;
    private boolean done;
    private int waiting;

    Completion(TimeSource time) {
        this.time = time;
    }

    /** Waits inside a driver call. */
    void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (done) {
                return;
            }
            waiting++;
            time.workFinished();
            awaitDone();
        } finally {
            lock.unlock();
        }
    }

    /** Waits outside of driver calls, where the caller is no piece of work. */
    void awaitUncounted() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!done) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitDone() throws InterruptedException {
        boolean counted = false;
        try {
            while (!done) {
                changed.await();
            }
            counted = true;
        } finally {
            if (!counted && !done) {
                waiting--;
                time.workStarted();
            }
        }
    }

    void complete() {
        lock.lock();
        try {
            if (!done) {
                done = true;
                for (int i = 0; i < waiting; i++) {
                    time.workStarted();
                }
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
