package dev.orchestrator.memory;

import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;

/** What hinders the network traffic of a container: a pause, a partition of its node, latency. */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TimeSource time;
    private volatile boolean paused;
    private volatile boolean partitioned;
    private volatile boolean ended;
    private volatile Duration latency = Duration.ZERO;

    Gate(TimeSource time) {
        this.time = time;
    }

    boolean isPaused() {
        return paused;
    }

    void paused(boolean now) {
        set(() -> paused = now);
    }

    void partitioned(boolean now) {
        set(() -> partitioned = now);
    }

    void latency(Duration now) {
        latency = now;
    }

    /** Lets everything through to find out that the container has ended. */
    void end() {
        set(() -> ended = true);
    }

    private void set(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks the calling thread, one of the container's, while traffic stands still. */
    void pass() throws SocketException {
        if (paused || partitioned || ended) {
            hold();
        }
    }

    /** Lets received data through, as late as the latency says. */
    void receive() throws SocketException {
        pass();
        if (latency.isPositive()) {
            try {
                Activity.current(time).sleep(latency);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private void hold() throws SocketException {
        lock.lock();
        try {
            while ((paused || partitioned) && !ended) {
                Activity.pauseCurrent();
                changed.await();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
        if (ended) {
            throw new SocketException("Socket closed");
        }
    }

    private static SocketException interrupted() {
        Thread.currentThread().interrupt();
        return new SocketException("Closed by interrupt");
    }
}
