package dev.orchestrator.benchmarks.floor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A store with nothing in it but what any must have: a sorted map, one lock for the order of revisions, one shared ring
 * of changes and a cursor in it for every watcher. No validation, no indexes, no versions to compare.
 */
public final class RingFloor implements AutoCloseable {

    private static final int CAPACITY = 1 << 17;
    private static final long BRIEFLY = 20_000;

    private final ConcurrentSkipListMap<String, FloorPod> pods = new ConcurrentSkipListMap<>();
    private final @Nullable FloorPod[] ring = new FloorPod[CAPACITY];
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Watcher> watchers;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile long revision;
    private volatile boolean closed;

    /** Starts with one watcher on a virtual thread for each callback. */
    public RingFloor(List<Consumer<FloorPod>> callbacks) {
        watchers = callbacks.stream().map(Watcher::new).toList();
        watchers.forEach(watcher -> watcher.thread.start());
    }

    /** {@return the object of that name} */
    public @Nullable FloorPod get(String name) {
        return pods.get(name);
    }

    /** {@return all objects, sorted by name} */
    public Collection<FloorPod> list() {
        return new ArrayList<>(pods.values());
    }

    /** Stores an object under the next revision and tells the watchers. */
    public void write(FloorPod pod) {
        lock.lock();
        try {
            long next = revision + 1;
            // The slowest watcher holds the writers up rather than miss a change.
            while (next - slowest() >= CAPACITY) {
                LockSupport.parkNanos(this, BRIEFLY);
            }
            FloorPod stored = pod.at(next);
            pods.put(stored.name(), stored);
            ring[(int) next & (CAPACITY - 1)] = stored;
            revision = next;
        } finally {
            lock.unlock();
        }
        for (Watcher watcher : watchers) {
            watcher.wake();
        }
    }

    private long slowest() {
        long least = Long.MAX_VALUE;
        for (Watcher watcher : watchers) {
            least = Math.min(least, watcher.cursor);
        }
        return least;
    }

    /**
     * Runs pods from nothing to running: each is created by this thread, then bound and started by a virtual thread of
     * its own, which lives until the store is closed.
     */
    public void start(int count) {
        IntStream.range(0, count).forEach(number -> {
            FloorPod pod = FloorPod.numbered(number);
            write(pod);
            Thread.ofVirtual().start(() -> live(pod));
        });
    }

    private void live(FloorPod created) {
        FloorPod bound = created.on("node-" + created.number() % 100);
        write(bound);
        write(bound.running());
        try {
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        stop.countDown();
        watchers.forEach(watcher -> LockSupport.unpark(watcher.thread));
    }

    private final class Watcher {
        private final Thread thread;
        private volatile long cursor;
        private volatile boolean parked;

        Watcher(Consumer<FloorPod> callback) {
            thread = Thread.ofVirtual().unstarted(() -> run(callback));
        }

        void wake() {
            if (parked) {
                parked = false;
                LockSupport.unpark(thread);
            }
        }

        private void run(Consumer<FloorPod> callback) {
            long position = 0;
            while (!closed) {
                long until = revision;
                if (position == until) {
                    parked = true;
                    if (revision == until && !closed) {
                        LockSupport.park(RingFloor.this);
                    }
                    parked = false;
                    continue;
                }
                while (position < until) {
                    position++;
                    FloorPod pod = ring[(int) position & (CAPACITY - 1)];
                    if (pod != null) {
                        callback.accept(pod);
                    }
                }
                cursor = position;
            }
        }
    }
}
