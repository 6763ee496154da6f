package dev.orchestrator.runtime.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue that owns its workers: virtual threads that start when there is a key for them and end when there is none.
 *
 * <p>Each key counts as one piece of work from before it becomes visible in the queue until its pass has ended and
 * everything that follows from it has been counted in turn.
 */
final class KeyQueue<K> implements WorkQueue<K> {

    private static final Logger LOG = LoggerFactory.getLogger(KeyQueue.class);

    private final String name;
    private final int workers;
    private final Reconciler<K> reconciler;
    private final TimeSource time;
    private final Backoff backoff;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<K> ready = new ArrayDeque<>();
    /** Keys that are to be worked on: those in {@link #ready}, and those of {@link #active} that were added again. */
    private final Set<K> dirty = new HashSet<>();

    private final Set<K> active = new HashSet<>();
    private final Map<K, Integer> failedAttempts = new HashMap<>();
    private final Map<K, Delayed> delayed = new HashMap<>();
    private final Set<Thread> threads = new HashSet<>();
    private boolean started;
    private boolean closed;
    private long adds;
    private long passes;
    private long retries;
    private long failures;

    KeyQueue(String name, int workers, Reconciler<K> reconciler, TimeSource time) {
        if (workers < 1) {
            throw new IllegalArgumentException(name + ": needs at least one worker: " + workers);
        }
        this.name = name;
        this.workers = workers;
        this.reconciler = reconciler;
        this.time = time;
        this.backoff = new Backoff(name);
    }

    /** A key that comes later; identity tells a timer whether it is still the one that counts. */
    private static final class Delayed {

        final Instant when;
        TimeSource.@Nullable Timer timer;

        Delayed(Instant when) {
            this.when = when;
        }
    }

    @Override
    public void add(K key) {
        Thread worker;
        lock.lock();
        try {
            if (closed || !dirty.add(key)) {
                return;
            }
            time.workStarted();
            adds++;
            if (active.contains(key)) {
                return;
            }
            ready.add(key);
            worker = newWorkerIfNeeded();
        } finally {
            lock.unlock();
        }
        if (worker != null) {
            worker.start();
        }
    }

    @Override
    public void addAfter(K key, Duration delay) {
        if (!delay.isPositive()) {
            add(key);
            return;
        }
        Instant when = time.instant().plus(delay);
        lock.lock();
        try {
            Delayed earlier = delayed.get(key);
            if (closed || (earlier != null && !when.isBefore(earlier.when))) {
                return;
            }
            if (earlier != null && earlier.timer != null) {
                earlier.timer.cancel();
            }
            var next = new Delayed(when);
            delayed.put(key, next);
            next.timer = time.schedule(delay, () -> due(key, next));
        } finally {
            lock.unlock();
        }
    }

    private void due(K key, Delayed which) {
        lock.lock();
        try {
            if (!delayed.remove(key, which)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        add(key);
    }

    /** Lets the workers begin; keys added before that wait. */
    void start() {
        List<Thread> begun = new ArrayList<>();
        lock.lock();
        try {
            started = true;
            for (int i = 0; i < ready.size(); i++) {
                Thread worker = newWorkerIfNeeded();
                if (worker != null) {
                    begun.add(worker);
                }
            }
        } finally {
            lock.unlock();
        }
        begun.forEach(Thread::start);
    }

    private @Nullable Thread newWorkerIfNeeded() {
        if (!started || closed || threads.size() >= workers) {
            return null;
        }
        Thread worker = Thread.ofVirtual().name(name).unstarted(this::work);
        threads.add(worker);
        return worker;
    }

    private void work() {
        try {
            K key = take();
            while (key != null) {
                process(key);
                key = take();
            }
        } catch (VirtualMachineError e) {
            LOG.error("{}: a worker ended", name, e);
            strike(Thread.currentThread());
            throw e;
        }
    }

    private void strike(Thread worker) {
        lock.lock();
        try {
            threads.remove(worker);
        } finally {
            lock.unlock();
        }
    }

    /** {@return the next key; null when there is none and the worker has been struck off the list} */
    private @Nullable K take() {
        lock.lock();
        try {
            K key = closed ? null : ready.poll();
            if (key == null) {
                threads.remove(Thread.currentThread());
            } else {
                dirty.remove(key);
                active.add(key);
            }
            return key;
        } finally {
            lock.unlock();
        }
    }

    private void process(K key) {
        try {
            settle(key, reconciler.reconcile(key));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(key, e);
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            failed(key, e);
        } finally {
            finish(key);
        }
    }

    private void settle(K key, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done() -> forget(key);
            case Outcome.After(Duration delay) -> {
                forget(key);
                addAfter(key, delay);
            }
            case Outcome.Retry() -> {
                int attempt = attempt(key, false);
                addAfter(key, backoff.delay(key, attempt));
            }
        }
    }

    private void failed(K key, Throwable failure) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        // A worker that was interrupted for no reason of ours goes on with the next key.
        boolean interrupted = Thread.interrupted();
        int attempt = attempt(key, true);
        Duration delay = backoff.delay(key, attempt);
        if (!interrupted
                && failure instanceof ApiException refused
                && refused.reason() == ApiException.Reason.CONFLICT) {
            LOG.debug(
                    "{} {}: attempt {} was overtaken, next in {}: {}", name, key, attempt, delay, refused.getMessage());
        } else {
            LOG.warn("{} {}: attempt {} failed, next in {}", name, key, attempt, delay, failure);
        }
        addAfter(key, delay);
    }

    private int attempt(K key, boolean failure) {
        lock.lock();
        try {
            retries++;
            failures += failure ? 1 : 0;
            return failedAttempts.merge(key, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    private void forget(K key) {
        lock.lock();
        try {
            failedAttempts.remove(key);
        } finally {
            lock.unlock();
        }
    }

    private void finish(K key) {
        Thread worker = null;
        lock.lock();
        try {
            passes++;
            active.remove(key);
            if (!closed && dirty.contains(key)) {
                ready.add(key);
                worker = newWorkerIfNeeded();
            }
        } finally {
            lock.unlock();
        }
        if (worker != null) {
            worker.start();
        }
        time.workFinished();
    }

    QueueMetrics metrics() {
        lock.lock();
        try {
            return new QueueMetrics(name, ready.size(), active.size(), adds, passes, retries, failures);
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more keys, drops those that wait and interrupts the workers. */
    void stop() {
        List<Thread> running;
        int dropped;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            dropped = dirty.size();
            dirty.clear();
            ready.clear();
            delayed.values().forEach(KeyQueue::cancel);
            delayed.clear();
            running = List.copyOf(threads);
        } finally {
            lock.unlock();
        }
        running.forEach(Thread::interrupt);
        for (int i = 0; i < dropped; i++) {
            time.workFinished();
        }
    }

    private static void cancel(Delayed key) {
        if (key.timer != null) {
            key.timer.cancel();
        }
    }

    /** {@return the workers that run; one that is about to start ends at once when the queue is closed} */
    List<Thread> threads() {
        lock.lock();
        try {
            return threads.stream()
                    .filter(worker -> worker.getState() != Thread.State.NEW)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    String name() {
        return name;
    }
}
