package dev.orchestrator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * A time that stands still until a test moves it: a day of back-off and probing passes in milliseconds, the same way
 * each time.
 *
 * <pre>{@code
 * var clock = new ManualClock();
 * try (var cluster = Orchestrator.builder(new InMemoryDriver()).time(clock).start()) {
 *     cluster.apply(pod("web").container("app", c -> c.image("app:1")));
 *     clock.settle();                          // all queues empty, nothing in flight
 *     clock.advance(Duration.ofMinutes(5));    // every timer on the way fires in order
 * }
 * }</pre>
 *
 * <p>Timers fire on the thread that calls {@link #advance}. One clock may serve several orchestrators.
 */
public final class ManualClock implements TimeSource {

    private static final System.Logger LOG = System.getLogger(ManualClock.class.getName());
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SETTLE_DEADLINE = Duration.ofSeconds(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private volatile Instant now;
    private long nextSequence;
    private long work;

    /** Creates a clock that stands at 2026-01-01T00:00:00Z. */
    public ManualClock() {
        this(START);
    }

    /** Creates a clock that stands at the given moment. */
    public ManualClock(Instant start) {
        this.now = requireNonNull(start, "start is null");
    }

    private final class Due implements Timer, Comparable<Due> {

        private final Instant when;
        private final long sequence;
        private final Runnable task;

        Due(Instant when, long sequence, Runnable task) {
            this.when = when;
            this.sequence = sequence;
            this.task = task;
        }

        @Override
        public int compareTo(Due other) {
            int byTime = when.compareTo(other.when);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }

        @Override
        public boolean cancel() {
            lock.lock();
            try {
                return due.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** {@inheritDoc} A task whose moment has passed runs at once on a thread of its own and counts as work. */
    @Override
    public Timer schedule(Instant when, Runnable task) {
        requireNonNull(task, "task is null");
        lock.lock();
        try {
            if (when.isAfter(now)) {
                var timer = new Due(when, nextSequence++, task);
                due.add(timer);
                return timer;
            }
            work++;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("manual-clock-due").start(() -> {
            try {
                runLogged(task);
            } finally {
                workFinished();
            }
        });
        return () -> false;
    }

    /** {@inheritDoc} The wait itself does not count as work. */
    @Override
    public void sleep(Duration duration) throws InterruptedException {
        var woken = new CountDownLatch(1);
        var timer = schedule(duration, woken::countDown);
        try {
            woken.await();
        } finally {
            timer.cancel();
        }
    }

    @Override
    public void workStarted() {
        lock.lock();
        try {
            work++;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void workFinished() {
        lock.lock();
        try {
            work--;
            if (work == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Blocks until everything that can happen without time passing has happened: all queues are empty and nothing is in
     * flight.
     *
     * @throws IllegalStateException if that is not so within a minute of real time
     * @throws InterruptedException if interrupted while waiting
     */
    public void settle() throws InterruptedException {
        long deadline = System.nanoTime() + SETTLE_DEADLINE.toNanos();
        lock.lock();
        try {
            while (work > 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new IllegalStateException(
                            "not settled after " + SETTLE_DEADLINE + ": " + work + " pieces of work still in flight");
                }
                idle.await(left, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves the time forward, stopping at each timer on the way to let it and all that follows from it happen, and
     * settles at the end.
     *
     * @param duration how far; zero only settles
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException if it does not settle, as {@link #settle()} says
     * @throws InterruptedException if interrupted; the time then stands somewhere on the way
     */
    public void advance(Duration duration) throws InterruptedException {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + duration);
        }
        Instant target = now.plus(duration);
        settle();
        for (Due next = takeDue(target); next != null; next = takeDue(target)) {
            runLogged(next.task);
            settle();
        }
        moveTo(target);
    }

    /** {@return the moment of the next timer; null when none is set} */
    public @Nullable Instant nextTimer() {
        lock.lock();
        try {
            Due next = due.peek();
            return next == null ? null : next.when;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Due takeDue(Instant target) {
        lock.lock();
        try {
            Due next = due.peek();
            if (next == null || next.when.isAfter(target)) {
                return null;
            }
            due.remove();
            now = next.when;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void moveTo(Instant target) {
        lock.lock();
        try {
            now = target;
        } finally {
            lock.unlock();
        }
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a timer's task failed", e);
        }
    }
}
