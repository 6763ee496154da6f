package dev.orchestrator.runtime.network.proxy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import static org.assertj.core.api.Assertions.assertThat;

/** A clock and a timer that stand still until told to advance. */
final class ManualTime implements InstantSource, ProxyTimer {
    private record Scheduled(Instant at, Runnable task) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Scheduled> schedule = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        lock.lock();
        try {
            var scheduled = new Scheduled(now.plus(delay), task);
            schedule.add(scheduled);
            changed.signalAll();
            return () -> cancel(scheduled);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Scheduled scheduled) {
        lock.lock();
        try {
            schedule.remove(scheduled);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the proxy to have so many timeouts under way. */
    void awaitScheduled(int count) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(10);
            while (schedule.size() != count && left > 0) {
                left = changed.awaitNanos(left);
            }
            assertThat(schedule).hasSize(count);
        } finally {
            lock.unlock();
        }
    }

    void advance(Duration duration) {
        List<Scheduled> due;
        lock.lock();
        try {
            now = now.plus(duration);
            due = schedule.stream()
                    .filter(s -> !s.at().isAfter(now))
                    .sorted(Comparator.comparing(Scheduled::at))
                    .toList();
            schedule.removeAll(due);
        } finally {
            lock.unlock();
        }
        due.forEach(s -> s.task().run());
    }
}
