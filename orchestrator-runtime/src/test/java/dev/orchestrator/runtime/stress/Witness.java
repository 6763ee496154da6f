package dev.orchestrator.runtime.stress;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.WatchCursor;
import dev.orchestrator.runtime.store.WatchQuery;
import org.jspecify.annotations.Nullable;

/** Reads every revision of a store from its first on, on a thread of its own, and remembers what was wrong. */
public final class Witness implements AutoCloseable {

    private static final int ENOUGH = 20;

    private final ObjectStore store;
    private final WatchCursor cursor;
    private final HistoryWitness history;
    private final Set<String> deletedByUser = ConcurrentHashMap.newKeySet();
    private final RolloutWitness rollouts = new RolloutWitness(deletedByUser::contains);
    private final Map<String, Long> readySince = new ConcurrentHashMap<>();
    private final Queue<Resource> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long seen;
    private boolean isOver;

    /** Begins to read a store in which nothing has been written yet. */
    public Witness(ObjectStore store) {
        this.store = store;
        long first = store.revision();
        this.history = new HistoryWitness(first);
        this.cursor = store.watch(WatchQuery.of().after(first));
        Thread.ofPlatform().name("witness").start(this::read);
    }

    private void read() {
        try {
            for (StoreEvent event = next(); event != null; event = next()) {
                check(event);
                moveTo(event.revision());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            report("the witness failed: " + e + " " + List.of(e.getStackTrace()));
        } finally {
            moveTo(Long.MAX_VALUE);
        }
    }

    // Null once closed.
    private @Nullable StoreEvent next() throws InterruptedException {
        return cursor.next(Duration.ofHours(1));
    }

    private void check(StoreEvent event) {
        if (event.object() instanceof Pod pod && pod.isReady()) {
            readySince.putIfAbsent(pod.metadata().nameOrEmpty(), event.revision());
        }
        for (String problem : List.of(history.check(event), rollouts.check(event))) {
            if (!problem.isEmpty()) {
                report("revision " + event.revision() + ": " + problem);
            }
        }
    }

    private void moveTo(long revision) {
        lock.lock();
        try {
            seen = revision;
            isOver = revision == Long.MAX_VALUE;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Remembers something that is wrong. */
    public void report(String problem) {
        if (problems.size() < ENOUGH) {
            problems.add(problem);
        }
    }

    /** {@return what was wrong} */
    public Collection<String> problems() {
        return problems;
    }

    /** Says that the test is about to delete the object of that uid. */
    public void willDelete(String uid) {
        deletedByUser.add(uid);
    }

    /** Says that a write has been acknowledged. */
    public void acknowledge(Resource object) {
        acknowledged.add(object);
    }

    /** {@return whether a pod of that name had been ready by a revision} */
    public boolean hadBeenReady(String pod, long revision) {
        Long since = readySince.get(pod);
        return since != null && since <= revision;
    }

    /** Waits until everything that has been written so far has been seen. */
    public void catchUp() throws InterruptedException {
        long revision = store.revision();
        lock.lockInterruptibly();
        try {
            while (seen < revision) {
                moved.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing has been written for a while.
     *
     * @param quiet how long
     * @param deadline when to give up
     * @return whether it became quiet
     */
    public boolean awaitQuiet(Duration quiet, Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        lock.lockInterruptibly();
        try {
            long left = quiet.toNanos();
            long last = seen;
            while (left > 0 && System.nanoTime() < end && !isOver) {
                left = moved.awaitNanos(left);
                if (seen != last) {
                    last = seen;
                    left = quiet.toNanos();
                }
            }
            return left <= 0;
        } finally {
            lock.unlock();
        }
    }

    /** Checks that every write that was acknowledged is in the history, the very object at the very revision. */
    public void checkAcknowledged() {
        for (Resource object : acknowledged) {
            if (!history.holds(object)) {
                report("an acknowledged write is not in the history: " + HistoryWitness.id(object) + " at "
                        + object.metadata().resourceVersion());
            }
        }
    }

    /** {@return how many writes were acknowledged} */
    public int acknowledgedCount() {
        return acknowledged.size();
    }

    /** {@return the objects as all events together make them; to be asked when nothing is written any more} */
    public Collection<Resource> objects() {
        return history.objects();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
