package dev.orchestrator.runtime.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final Journal journal;

    Reads(Journal journal) {
        this.journal = journal;
    }

    /** Walks over entries until the visitor says false. */
    interface Walk extends Consumer<Predicate<Entry>> {}

    /**
     * Objects as they were at a revision.
     *
     * @param ordered whether they come as the walk met them; otherwise some that had to be restored come last
     */
    record Snapshot(List<Resource> objects, long revision, boolean ordered) {

        /** {@return the objects by namespace and name, from a walk that meets them so} */
        List<Resource> sortedByKey() {
            if (!ordered) {
                objects.sort(Comparator.comparing(Resource::key));
            }
            return objects;
        }
    }

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
            Optional<Snapshot> found = collectAt(revision, table, walk, condition);
            if (found.isPresent()) {
                return found.get();
            }
        }
        journal.lock.lock();
        try {
            return new Snapshot(collected(walk, condition), journal.published(), true);
        } finally {
            journal.lock.unlock();
        }
    }

    /** {@return the same at an earlier revision; empty when the history does not reach back that far} */
    Optional<Snapshot> collectAt(long revision, @Nullable Table table, Walk walk, Predicate<Resource> condition) {
        if (revision < journal.floor()) {
            return Optional.empty();
        }
        List<Resource> found = collected(walk, condition);
        long newest = journal.claimed();
        if (newest == revision) {
            return Optional.of(new Snapshot(found, revision, true));
        }
        journal.awaitPublished(newest);
        Map<Identity, Optional<Resource>> before = new HashMap<>();
        if (!undo(revision, newest, table, before)) {
            return Optional.empty();
        }
        return Optional.of(
                before.isEmpty()
                        ? new Snapshot(found, revision, true)
                        : new Snapshot(undone(found, before, condition), revision, false));
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
        Set<Identity> undone = new HashSet<>();
        for (Resource object : found) {
            Identity identity = identity(object);
            Optional<Resource> old = before.get(identity);
            if (old == null) {
                result.add(object);
            } else if (undone.add(identity)) {
                // Where it changed from one index to another while they were walked, it is met twice.
                old.filter(condition).ifPresent(result::add);
            }
        }
        before.forEach((identity, old) -> {
            if (undone.add(identity)) {
                old.filter(condition).ifPresent(result::add);
            }
        });
        return result;
    }

    private static Identity identity(Resource object) {
        return new Identity(object.resourceType(), object.key());
    }
}
