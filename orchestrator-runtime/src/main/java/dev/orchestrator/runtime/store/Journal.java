package dev.orchestrator.runtime.store;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.Resource;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * The order of all commits: the lock that makes it, the revision, the latest changes, and who waits for the next.
 *
 * <p>A commit is {@link #check}, {@link #begin}, the change of tables and indexes, {@link #publish}, all with
 * {@link #lock} held, and {@link #finish} after it is freed. Readers take no lock: what they read may be newer than
 * {@link #published}, never newer than {@link #claimed}, and the events between the two tell what to undo.
 */
final class Journal {

    /** The revision of an empty store; 0 means "any" to clients. */
    static final long FIRST = 1;

    private static final int SPINS = 200;
    private static final long PAUSE_NANOS = 20_000;

    final ReentrantLock lock = new ReentrantLock();
    final EventRing ring;

    private final TimeSource time;
    private final Callers callers;
    private final @Nullable CommitLog log;
    /** What was before is known by its outcome only. */
    private final long floor;

    private final Waiters anything = new Waiters();
    private int accounted;
    private volatile long claimed;
    private volatile long published;
    private volatile long announced;

    /**
     * Begins at a revision.
     *
     * @param log what keeps every commit; null if they end with the JVM
     */
    Journal(int history, TimeSource time, Callers callers, @Nullable CommitLog log, long revision) {
        this.ring = new EventRing(history);
        this.time = time;
        this.callers = callers;
        this.log = log;
        // An empty store has a past of which everything is known.
        this.floor = log == null || revision == FIRST ? 0 : revision;
        this.claimed = revision;
        this.published = revision;
        this.announced = revision;
    }

    /** {@return the oldest revision whose state can be known} */
    long floor() {
        return floor;
    }

    boolean hasLog() {
        return log != null;
    }

    /** {@return the newest revision whose change is complete} */
    long published() {
        return published;
    }

    /** {@return the newest revision whose change may have begun} */
    long claimed() {
        return claimed;
    }

    /** {@return the newest revision of which every waiting cursor that it concerns has been told} */
    long announced() {
        return announced;
    }

    /**
     * Returns when a commit may begin.
     *
     * @throws dev.orchestrator.api.ApiException if it could not be kept
     */
    void check() {
        if (log != null) {
            log.check();
        }
    }

    /** {@return the revision of the commit that begins; {@link #check} goes before it} */
    long begin() {
        long revision = published + 1;
        claimed = revision;
        return revision;
    }

    /** Makes a change visible and says who is to be woken. */
    Woken publish(Table table, Entry entry, StoreEvent event) {
        for (int i = accounted + table.accounted; i > 0; i--) {
            time.workStarted();
        }
        long revision = event.revision();
        ring.append(event);
        table.log.append(revision);
        if (log != null) {
            log.append(event);
        }
        published = revision;
        var woken = new Woken(callers);
        if (!anything.isEmpty()) {
            anything.wake(revision, woken);
        }
        table.wake(entry.key, revision, woken);
        announced = revision;
        return woken;
    }

    /** Ends a commit, with the lock free: tells those who are woken, and waits until it is kept. */
    void finish(Woken woken, long revision) {
        woken.wake();
        if (log != null) {
            log.await(revision);
        }
    }

    /** Waits until the commit that made an object what it is is kept. */
    void awaitKept(Resource stored) {
        if (log != null) {
            log.await(Long.parseLong(
                    requireNonNull(stored.metadata().resourceVersion(), "a stored object has no version")));
        }
    }

    Waiters anything() {
        return anything;
    }

    /** Counts every change as work from now on, or no longer; called with the lock held. */
    void account(List<Table> tables, int change) {
        if (tables.isEmpty()) {
            accounted += change;
        }
        for (Table table : tables) {
            table.accounted += change;
        }
    }

    TimeSource time() {
        return time;
    }

    /**
     * Waits until the commits that had begun are complete: a matter of a microsecond, unless that thread was stopped.
     */
    void awaitPublished(long revision) {
        for (int spins = 0; published < revision; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                // Not the lock: others would overtake again and again.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** {@return the change of a published revision; null when it is no longer known} */
    @Nullable
    StoreEvent at(long revision) {
        return ring.at(revision);
    }
}
