package dev.orchestrator.runtime.ownership;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.model.meta.ManagedFieldsEntry;
import org.jspecify.annotations.Nullable;

/**
 * Entries that name no fields: their writer owns all of its part that nobody else owns. Objects that one writer wrote
 * in the same second share them, so that they cost an object nothing.
 */
@SuppressWarnings("ReferenceEquality") // Shared entries are the same instance.
final class Marks {

    /** How many writers are remembered; forgetting them costs a little memory, no more. */
    private static final int MOST_WRITERS = 1_000;

    /** What one writer left in objects lately. */
    private static final class Mark {

        final Instant since;
        final ManagedFieldsEntry entry;
        final List<ManagedFieldsEntry> alone;
        private volatile @Nullable Joined joined;

        Mark(Manager writer, Instant since) {
            this.since = since;
            this.entry = Owners.entry(writer, Map.of(), since);
            this.alone = List.of(entry);
        }
    }

    /** The mark beside another one. */
    private record Joined(ManagedFieldsEntry other, List<ManagedFieldsEntry> both) {}

    private final Map<Manager, Mark> latest = new ConcurrentHashMap<>();

    private Mark mark(Manager writer, Instant now) {
        Mark known = latest.get(writer);
        if (known != null && known.since.equals(now)) {
            return known;
        }
        if (latest.size() >= MOST_WRITERS) {
            latest.clear();
        }
        var mark = new Mark(writer, now);
        latest.put(writer, mark);
        return mark;
    }

    /** {@return the owners of an object that has one writer} */
    List<ManagedFieldsEntry> alone(Manager writer, Instant now) {
        return mark(writer, now).alone;
    }

    /** {@return the owners of an object that has one writer of each of two parts} */
    List<ManagedFieldsEntry> beside(ManagedFieldsEntry other, Manager writer, Instant now) {
        Mark mark = mark(writer, now);
        Joined joined = mark.joined;
        if (joined == null || joined.other() != other) {
            joined = new Joined(other, Owners.sorted(List.of(other, mark.entry)));
            mark.joined = joined;
        }
        return joined.both();
    }

    /** {@return the entry of a writer that owns what nobody else does} */
    ManagedFieldsEntry entry(Manager writer, Instant now) {
        return mark(writer, now).entry;
    }

    /** {@return whether an entry names no fields} */
    static boolean isMark(ManagedFieldsEntry entry) {
        return entry.fieldsV1().isEmpty() && "Update".equals(entry.operation());
    }
}
