package dev.orchestrator.runtime.store;

import java.lang.invoke.VarHandle;

/**
 * The revisions of one type's changes, in order: a watcher of that type steps over all others without looking at them.
 *
 * <p>Written by the committing thread, read without a lock. Grows up to the length of the event ring, then forgets the
 * oldest.
 */
final class TypeLog {

    /** What {@link #revisionAt} answers for a change that is forgotten. */
    static final long FORGOTTEN = -1;

    private static final int INITIAL = 16;

    private final int limit;
    private volatile long[] revisions = new long[INITIAL];
    private volatile long count;

    TypeLog(int limit) {
        this.limit = Math.max(limit, INITIAL);
    }

    /** {@return how many changes there have been} */
    long count() {
        return count;
    }

    void append(long revision) {
        long index = count;
        long[] current = revisions;
        if (index >= current.length && current.length < limit) {
            current = grown(current, index);
            revisions = current;
        }
        current[(int) index & (current.length - 1)] = revision;
        count = index + 1;
    }

    private static long[] grown(long[] old, long count) {
        long[] larger = new long[old.length * 2];
        for (long i = count - old.length; i < count; i++) {
            larger[(int) i & (larger.length - 1)] = old[(int) i & (old.length - 1)];
        }
        return larger;
    }

    /** {@return the revision of a change that has happened, or {@link #FORGOTTEN}} */
    long revisionAt(long index) {
        long[] current = revisions;
        long revision = current[(int) index & (current.length - 1)];
        VarHandle.acquireFence();
        // The slot of index i is written again while count is still i + length.
        return (count - index >= current.length && current.length >= limit) || index < 0 ? FORGOTTEN : revision;
    }

    /** {@return the index of the first change after a revision; possibly of one that has not happened yet} */
    long firstAfter(long revision) {
        long high = count;
        long low = Math.max(0, high - revisions.length + 1);
        while (low < high) {
            long middle = (low + high) >>> 1;
            long at = revisionAt(middle);
            if (at == FORGOTTEN || at <= revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
