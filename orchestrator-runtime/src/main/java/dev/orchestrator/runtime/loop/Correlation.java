package dev.orchestrator.runtime.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.EventSource;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of an event: a new object, one more count of an old one, or nothing.
 *
 * <p>The numbers are those of Kubernetes' event correlator: of one source about one object 25 events at once and one
 * more every five minutes; ten different messages of one reason within ten minutes become one combined event. The
 * memory is bounded; what is forgotten is counted anew. Not thread-safe.
 */
final class Correlation {

    private static final int REMEMBERED = 4096;
    private static final int BURST = 25;
    private static final Duration REFILL = Duration.ofMinutes(5);
    private static final int DISTINCT_MESSAGES = 10;
    private static final Duration SIMILAR_FOR = Duration.ofMinutes(10);
    private static final String COMBINED = "(combined from similar events): ";

    /** Who reports, and where, about which object. */
    record Source(EventSource by, String kind, ObjectKey object, String uid) {}

    /** Whose messages are alike. */
    record Group(Source source, String type, String reason) {}

    /** What two events have in common that are counted as one. */
    record Sameness(Group group, @Nullable String fieldPath, String message) {}

    private static final class Similar {

        final Set<String> messages = new HashSet<>();
        Instant last;

        Similar(Instant now) {
            this.last = now;
        }
    }

    /**
     * What is to be stored.
     *
     * @param message the message, combined when there are many similar ones
     * @param written the event that is counted once more; null for a new one
     * @param same what the event is remembered by
     */
    record Verdict(String message, @Nullable ObjectKey written, Sameness same) {}

    private final Map<Source, TokenBucket> buckets = new Remembered<>();
    private final Map<Group, Similar> similar = new Remembered<>();
    private final Map<Sameness, ObjectKey> written = new Remembered<>();

    private static final class Remembered<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1L;

        Remembered() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }

    /** {@return what to do with an event; null to drop it} */
    @Nullable
    Verdict judge(Group group, @Nullable String fieldPath, String message, Instant now) {
        boolean combined = isOneOfMany(group, message, now);
        var same = new Sameness(group, fieldPath, combined ? "" : message);
        if (!buckets.computeIfAbsent(group.source, missing -> new TokenBucket(BURST, REFILL, now))
                .take(now)) {
            return null;
        }
        return new Verdict(combined ? COMBINED + message : message, written.get(same), same);
    }

    private boolean isOneOfMany(Group group, String message, Instant now) {
        Similar known = similar.get(group);
        if (known == null || known.last.plus(SIMILAR_FOR).isBefore(now)) {
            known = new Similar(now);
            similar.put(group, known);
        }
        known.last = now;
        if (known.messages.size() < DISTINCT_MESSAGES - 1) {
            known.messages.add(message);
            return false;
        }
        return !known.messages.contains(message);
    }

    /** Remembers where an event was written. */
    void written(Verdict verdict, ObjectKey event) {
        written.put(verdict.same, event);
    }
}
