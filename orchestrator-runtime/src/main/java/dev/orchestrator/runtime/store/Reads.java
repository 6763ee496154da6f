package dev.orchestrator.runtime.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Reads many objects as they were at one revision, without a lock.
 *
 * <p>The objects are collected while commits go on; then every change that came in between is undone by the object that
 * its event keeps from before. Entries that nobody touched are there in any case.
 */
final class Reads {

    private static final int TRIES = 4;
    private static final Comparator<Resource> BY_KEY = Comparator.comparing(Resource::key);

    private final Journal journal;

    Reads(Journal journal) {
        this.journal = journal;
    }

    /** Walks over entries until the visitor says false. */
    interface Walk extends Consumer<Predicate<Entry>> {}

    /** Objects as they were at a revision. */
    record Snapshot(List<Resource> objects, long revision) {}

    /** Names an object among all types. */
    private record Identity(ResourceType<?> type, ObjectKey key) {}

    /**
     * {@return what the walk meets and the condition accepts, at the newest revision}
     *
     * @param table the only type that the walk meets; null when it may meet any
     */
    Snapshot collect(@Nullable Table table, Walk walk, Predicate<Resource> condition) {
        for (int tries = 0; tries < TRIES; tries++) {
            long revision = journal.published();
            Optional<List<Resource>> found = collectAt(revision, table, walk, condition);
            if (found.isPresent()) {
                return new Snapshot(found.get(), revision);
            }
        }
        journal.lock.lock();
        try {
            return new Snapshot(collected(walk, condition), journal.published());
        } finally {
            journal.lock.unlock();
        }
    }

    /** {@return the same at an earlier revision; empty when the history does not reach back that far} */
    Optional<List<Resource>> collectAt(long revision, @Nullable Table table, Walk walk, Predicate<Resource> condition) {
        List<Resource> found = collected(walk, condition);
        long newest = journal.claimed();
        if (newest == revision) {
            return Optional.of(found);
        }
        journal.awaitPublished(newest);
        Map<Identity, Optional<Resource>> before = new HashMap<>();
        if (!undo(revision, newest, table, before)) {
            return Optional.empty();
        }
        return Optional.of(before.isEmpty() ? found : undone(found, before, condition));
    }

    private static List<Resource> collected(Walk walk, Predicate<Resource> condition) {
        var found = new ArrayList<Resource>();
        walk.accept(entry -> {
            Resource object = entry.object;
            if (condition.test(object)) {
                found.add(object);
            }
            return true;
        });
        return found;
    }

    /** Notes what each changed object was before the first of its changes after a revision. */
    private boolean undo(long revision, long newest, @Nullable Table table, Map<Identity, Optional<Resource>> before) {
        if (table == null) {
            for (long at = newest; at > revision; at--) {
                if (!note(journal.at(at), before)) {
                    return false;
                }
            }
            return true;
        }
        for (long index = table.log.count() - 1; index >= 0; index--) {
            long at = table.log.revisionAt(index);
            if (at == TypeLog.FORGOTTEN) {
                return false;
            }
            if (at <= revision) {
                return true;
            }
            if (at <= newest && !note(journal.at(at), before)) {
                return false;
            }
        }
        return true;
    }

    private static boolean note(@Nullable StoreEvent event, Map<Identity, Optional<Resource>> before) {
        if (event == null) {
            return false;
        }
        before.put(identity(event.object()), Optional.ofNullable(event.previous()));
        return true;
    }

    private static List<Resource> undone(
            List<Resource> found, Map<Identity, Optional<Resource>> before, Predicate<Resource> condition) {
        var result = new ArrayList<Resource>(found.size());
        for (Resource object : found) {
            Optional<Resource> old = before.remove(identity(object));
            if (old == null) {
                result.add(object);
            } else {
                old.filter(condition).ifPresent(result::add);
            }
        }
        for (Optional<Resource> old : before.values()) {
            old.filter(condition).ifPresent(result::add);
        }
        // What has come back stands at the end now, and a page is cut from the front.
        result.sort(BY_KEY);
        return result;
    }

    private static Identity identity(Resource object) {
        return new Identity(object.resourceType(), object.key());
    }
}
