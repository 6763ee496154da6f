package dev.orchestrator.runtime.store;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Runs the callbacks of watches on as few virtual threads as their waiting allows: a change that 100 watches hear of
 * then costs a few switches of threads, not 100, and the thread that made it as much as for one watch.
 *
 * <p>A thread takes one watch after the other. Before it runs a callback while others wait, it sees to it that one more
 * thread has been called: on a free processor that one begins at once; otherwise it begins as soon as a callback
 * blocks, so a callback may block as if it had a thread of its own. Threads end when nothing is left to call.
 */
final class Callers {

    /** So many are worth a second thread that wakes up beside the first, not after it. */
    private static final int MANY = 16;

    private final Queue<Batch> ready = new ConcurrentLinkedQueue<>();
    /** Whether a thread has been called that has not looked for work yet. */
    private final AtomicBoolean called = new AtomicBoolean();

    /** Has watches run soon. */
    void submit(List<Subscription> subscriptions) {
        ready.add(new Batch(subscriptions));
        call();
        if (subscriptions.size() > MANY) {
            start();
        }
    }

    private void call() {
        if (called.compareAndSet(false, true)) {
            start();
        }
    }

    private void start() {
        Thread.ofVirtual().name("watch").start(this::work);
    }

    private void work() {
        // From here on whoever submits calls another: what was submitted before is found below.
        called.set(false);
        for (Subscription next = next(); next != null; next = next()) {
            if (!ready.isEmpty()) {
                call();
            }
            next.run();
        }
    }

    private @Nullable Subscription next() {
        for (Batch batch = ready.peek(); batch != null; batch = ready.peek()) {
            int index = batch.taken.getAndIncrement();
            int last = batch.subscriptions.size() - 1;
            if (index >= last) {
                ready.remove(batch);
            }
            if (index <= last) {
                return batch.subscriptions.get(index);
            }
        }
        return null;
    }

    /** Watches that were woken together, given out one by one. */
    private static final class Batch {
        private final List<Subscription> subscriptions;
        private final AtomicInteger taken = new AtomicInteger();

        Batch(List<Subscription> subscriptions) {
            this.subscriptions = subscriptions;
        }
    }
}
