package dev.orchestrator.memory;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The piece of work that a thread inside a container is while it does something: counted from its start to its first
 * wait, and again from each wake-up to the next wait. Who wakes the thread counts it before it wakes.
 */
final class Activity {

    private static final ThreadLocal<@Nullable Activity> CURRENT = new ThreadLocal<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final TimeSource time;
    private boolean counted;
    private boolean over;

    Activity(TimeSource time) {
        this.time = time;
    }

    /** {@return the activity of the calling thread; one that counts nothing if it is not a container's thread} */
    static Activity current(TimeSource time) {
        Activity activity = CURRENT.get();
        if (activity == null) {
            activity = new Activity(time);
            activity.end();
        }
        return activity;
    }

    /** Counts the calling thread as waiting, if it is a container's. */
    static void pauseCurrent() {
        Activity activity = CURRENT.get();
        if (activity != null) {
            activity.pause();
        }
    }

    /** Makes this the activity of the calling thread. */
    void bind() {
        CURRENT.set(this);
    }

    /** Counts this thread as working. */
    void resume() {
        lock.lock();
        try {
            if (!counted && !over) {
                counted = true;
                time.workStarted();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Counts this thread as waiting. */
    void pause() {
        lock.lock();
        try {
            if (counted) {
                counted = false;
                time.workFinished();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Counts nothing any more, whatever the thread still does. */
    void end() {
        lock.lock();
        try {
            over = true;
            if (counted) {
                counted = false;
                time.workFinished();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Blocks the calling thread, whose activity this is, until the time has moved on. */
    void sleep(Duration duration) throws InterruptedException {
        if (!duration.isPositive()) {
            return;
        }
        var nap = new Nap();
        TimeSource.Timer timer = time.schedule(duration, nap::end);
        try {
            nap.await();
        } finally {
            timer.cancel();
        }
    }

    private final class Nap {

        private final Condition ended = lock.newCondition();
        private boolean over;

        void end() {
            lock.lock();
            try {
                over = true;
                resume();
                ended.signal();
            } finally {
                lock.unlock();
            }
        }

        void await() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!over) {
                    pause();
                    ended.await();
                }
            } finally {
                resume();
                lock.unlock();
            }
        }
    }
}
