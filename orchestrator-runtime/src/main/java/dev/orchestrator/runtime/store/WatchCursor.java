package dev.orchestrator.runtime.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A watcher's place in the history of the store: it sees every change of its types once, in order.
 *
 * <p>A cursor is a position, not a queue: one that is not read costs nothing and keeps nothing alive; when it falls so
 * far behind that changes are forgotten, it ends with an {@link ApiException} of reason {@code EXPIRED}, and its owner
 * lists and watches again. Read by one thread at a time; {@link #close} may be called by any.
 */
public final class WatchCursor implements AutoCloseable {

    private static final Duration BOOKMARK_PERIOD = Duration.ofMinutes(1);
    private static final long FOREVER_NANOS = Duration.ofDays(300).toNanos();

    private final Journal journal;
    private final Feed feed;
    private final WatchFilter filter;
    private final WatchQuery query;
    private final Waiting waiting;
    private final boolean accounted;

    private @Nullable Queue<Resource> initial;
    private Instant nextBookmark = Instant.MAX;
    private boolean unfinished;
    private boolean armed;
    private volatile long woken;
    private volatile @Nullable Thread sleeper;
    private @Nullable Subscription subscription;
    private volatile boolean closed;

    WatchCursor(Journal journal, Feed feed, WatchQuery query, List<Resource> initial, boolean accounted) {
        this.journal = journal;
        this.feed = feed;
        this.query = query;
        this.filter = new WatchFilter(query);
        this.accounted = accounted;
        this.initial = query.initial() ? new ArrayDeque<>(initial) : null;
        if (query.bookmarks()) {
            nextBookmark = journal.time().instant().plus(BOOKMARK_PERIOD);
        }
        this.waiting = Waiting.of(this, journal, feed.tables(), query);
    }

    /** {@return the revision up to which this watcher has seen everything that concerns it} */
    public long revision() {
        return feed.position();
    }

    /**
     * {@return the next change; null when none came in time or the cursor was closed}
     *
     * @throws ApiException with reason {@code EXPIRED} if changes were missed
     * @throws InterruptedException if interrupted while waiting; the cursor can be read on
     */
    public @Nullable StoreEvent next(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + saturated(timeout);
        while (!closed) {
            StoreEvent event = takeOrArm();
            if (event != null) {
                return event;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            sleeper = Thread.currentThread();
            if (woken == 0 && !closed) {
                park(left);
            }
            sleeper = null;
        }
        return null;
    }

    // A timed park of a virtual thread goes through the JVM's one queue of timers, which costs as much as the wake-up.
    private void park(long nanos) {
        if (nanos >= FOREVER_NANOS) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** Says who is called when this is woken, instead of a thread that waits in {@link #next}. */
    void calls(Subscription owner) {
        subscription = owner;
    }

    @Nullable
    Subscription subscription() {
        return subscription;
    }

    /** {@return the thread that waits in {@link #next}; null when there is none} */
    @Nullable
    Thread sleeper() {
        return sleeper;
    }

    /** {@return the next change; null when there is none now: the subscription is called when one comes} */
    @Nullable
    StoreEvent pollOrArm() {
        return closed ? null : takeOrArm();
    }

    /**
     * {@return the next change; null when there is none now}
     *
     * @throws ApiException with reason {@code EXPIRED} if changes were missed
     */
    public @Nullable StoreEvent poll() {
        finish();
        if (closed) {
            return null;
        }
        return take();
    }

    // Enqueued first, looked again after: a commit either sees the waiter or is seen by it.
    private @Nullable StoreEvent takeOrArm() {
        finish();
        if (armed) {
            long quiet = journal.announced();
            if (woken == 0) {
                feed.skipTo(quiet);
                return bookmarkIfDue();
            }
        }
        if (armed && waiting.isForOneObject()) {
            // Whoever waits for one object is woken by its first change: nothing before it matters.
            feed.skipTo(woken - 1);
        }
        armed = false;
        StoreEvent event = take();
        if (event != null) {
            return event;
        }
        woken = 0;
        waiting.enqueue();
        event = take();
        armed = event == null;
        return event;
    }

    private @Nullable StoreEvent take() {
        if (initial != null) {
            Resource object = initial.poll();
            if (object != null) {
                return new StoreEvent(StoreEvent.Kind.ADDED, object, null, feed.position());
            }
            initial = null;
            if (accounted) {
                journal.time().workFinished();
            }
            if (query.bookmarks()) {
                return bookmark();
            }
        }
        for (StoreEvent event = feed.next(); event != null; event = feed.next()) {
            StoreEvent seen = filter.seen(event);
            if (seen != null) {
                unfinished = accounted;
                return seen;
            }
            if (accounted) {
                journal.time().workFinished();
            }
        }
        return bookmarkIfDue();
    }

    private @Nullable StoreEvent bookmarkIfDue() {
        return query.bookmarks() && !journal.time().instant().isBefore(nextBookmark) ? bookmark() : null;
    }

    private StoreEvent bookmark() {
        nextBookmark = journal.time().instant().plus(BOOKMARK_PERIOD);
        return new StoreEvent(
                StoreEvent.Kind.BOOKMARK, EmptyObjects.at(feed.tables(), feed.position()), null, feed.position());
    }

    /** What was given out last has been dealt with when the next is asked for. */
    private void finish() {
        if (unfinished) {
            unfinished = false;
            journal.time().workFinished();
        }
    }

    void wokenBy(long revision) {
        if (woken == 0) {
            woken = revision;
        }
    }

    /** Ends the watch; whoever waits in {@link #next} gets null. Calling it again does nothing. */
    @Override
    public void close() {
        journal.lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            waiting.leave();
            if (accounted) {
                journal.account(feed.tables(), -1);
                finishAll();
            }
        } finally {
            journal.lock.unlock();
        }
        LockSupport.unpark(sleeper);
    }

    /** Ends the accounting of what nobody will read any more. */
    private void finishAll() {
        finish();
        if (initial != null) {
            initial = null;
            journal.time().workFinished();
        }
        for (long left = feed.remaining(); left > 0; left--) {
            journal.time().workFinished();
        }
    }

    private static long saturated(Duration timeout) {
        return timeout.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE / 2 : timeout.toNanos();
    }
}
