package dev.orchestrator.runtime.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Which entries share a property, for each value of it. Written with the store's lock held, read without one.
 *
 * @param <K> the property
 */
final class Index<K> {

    private static final class Members {

        volatile EntryTree entries = EntryTree.EMPTY_BY_AGE;
    }

    private final Map<K, Members> members = new ConcurrentHashMap<>();

    void add(K value, Entry entry) {
        Members set = members.get(value);
        if (set == null) {
            set = new Members();
            members.put(value, set);
        }
        set.entries = set.entries.with(entry);
    }

    void remove(K value, Entry entry) {
        Members set = members.get(value);
        if (set == null) {
            return;
        }
        set.entries = set.entries.without(entry);
        if (set.entries.isEmpty()) {
            members.remove(value);
        }
    }

    int size(K value) {
        Members set = members.get(value);
        return set == null ? 0 : set.entries.size();
    }

    /** Visits the entries of a value, oldest first. */
    void forEach(@Nullable K value, Predicate<Entry> visitor) {
        Members set = value == null ? null : members.get(value);
        if (set != null) {
            set.entries.forEach(visitor);
        }
    }
}
