package dev.orchestrator.runtime.store;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** The changes of one, several or all types in order, read from the history without looking at those of other types. */
final class Feed {

    private final Journal journal;
    private final List<Table> tables;
    /** For each table the index of its next change in its log. */
    private final long[] next;

    private long position;

    /**
     * Starts after a revision.
     *
     * @param tables the types; none for all
     */
    Feed(Journal journal, List<Table> tables, long after) {
        this.journal = journal;
        this.tables = tables;
        this.next = new long[tables.size()];
        this.position = after;
        if (after < journal.floor()) {
            throw expired();
        }
        for (int i = 0; i < next.length; i++) {
            TypeLog log = tables.get(i).log;
            next[i] = log.firstAfter(after);
            if (next[i] > 0 && log.revisionAt(next[i] - 1) == TypeLog.FORGOTTEN) {
                throw expired();
            }
        }
    }

    /** {@return the revision up to which everything has been seen} */
    long position() {
        return position;
    }

    List<Table> tables() {
        return tables;
    }

    /**
     * {@return the next change; null when there is none yet}
     *
     * @throws dev.orchestrator.api.ApiException if it is no longer known
     */
    @Nullable
    StoreEvent next() {
        long published = journal.published();
        return tables.isEmpty() ? nextOfAll(published) : nextOfTables(published);
    }

    private @Nullable StoreEvent nextOfAll(long published) {
        if (position >= published) {
            return null;
        }
        StoreEvent event = known(position + 1);
        position++;
        return event;
    }

    private @Nullable StoreEvent nextOfTables(long published) {
        int earliest = -1;
        long revision = Long.MAX_VALUE;
        for (int i = 0; i < next.length; i++) {
            long candidate = peek(i, published);
            if (candidate < revision) {
                revision = candidate;
                earliest = i;
            }
        }
        if (earliest < 0) {
            position = Math.max(position, published);
            return null;
        }
        StoreEvent event = known(revision);
        next[earliest]++;
        position = revision;
        return event;
    }

    private long peek(int table, long published) {
        TypeLog log = tables.get(table).log;
        // A feed that starts in the future steps over what comes before its start.
        while (next[table] < log.count()) {
            long revision = log.revisionAt(next[table]);
            if (revision == TypeLog.FORGOTTEN) {
                throw expired();
            }
            if (revision > published) {
                return Long.MAX_VALUE;
            }
            if (revision > position) {
                return revision;
            }
            next[table]++;
        }
        return Long.MAX_VALUE;
    }

    /** Steps over changes that are known not to matter. */
    void skipTo(long revision) {
        if (revision <= position) {
            return;
        }
        position = revision;
        for (int i = 0; i < next.length; i++) {
            next[i] = Math.max(next[i], tables.get(i).log.firstAfter(revision));
        }
    }

    /** {@return how many published changes are still ahead} */
    long remaining() {
        if (tables.isEmpty()) {
            return Math.max(0, journal.published() - position);
        }
        long remaining = 0;
        for (int i = 0; i < next.length; i++) {
            remaining += tables.get(i).log.count() - next[i];
        }
        return remaining;
    }

    private StoreEvent known(long revision) {
        StoreEvent event = journal.at(revision);
        if (event == null) {
            throw expired();
        }
        return event;
    }

    private RuntimeException expired() {
        long kept = Math.max(Journal.FIRST, journal.published() - journal.ring.capacity() + 1);
        long oldest = Math.max(kept, journal.floor());
        return StoreErrors.tooOld(position, oldest);
    }
}
