package dev.orchestrator.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.spi.ContainerStats;

/**
 * What a container is said to use: a constant rate of processor time, an amount of memory.
 *
 * <p>Unless it is said, that is what an idle process uses: no processor time and a small working set. No process has
 * none, so 0 bytes would look like a failed measurement.
 */
final class Usage {

    /** The working set of a process that waits. */
    static final long IDLE_BYTES = 1024L * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final TimeSource time;
    private Instant since;
    private Duration cpuBefore = Duration.ZERO;
    private long cpuMilli;
    private long memoryBytes = IDLE_BYTES;

    Usage(TimeSource time) {
        this.time = time;
        this.since = time.instant();
    }

    void set(long newCpuMilli, long newMemoryBytes) {
        lock.lock();
        try {
            Instant now = time.instant();
            cpuBefore = cpuTime(now);
            since = now;
            cpuMilli = newCpuMilli;
            memoryBytes = newMemoryBytes;
        } finally {
            lock.unlock();
        }
    }

    ContainerStats now() {
        lock.lock();
        try {
            Instant now = time.instant();
            return new ContainerStats(now, cpuTime(now), memoryBytes);
        } finally {
            lock.unlock();
        }
    }

    private Duration cpuTime(Instant now) {
        return cpuBefore.plus(
                Duration.between(since, now).multipliedBy(cpuMilli).dividedBy(1000));
    }
}
