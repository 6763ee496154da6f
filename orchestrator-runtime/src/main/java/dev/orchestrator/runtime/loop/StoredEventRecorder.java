package dev.orchestrator.runtime.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.core.EventBuilder;
import dev.orchestrator.api.model.core.EventSource;
import dev.orchestrator.api.model.core.ObjectReferenceBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Objects.requireNonNullElse;

/**
 * Writes events as objects into the store, on a virtual thread that exists while there are any.
 *
 * <p>The same event about the same object is counted rather than written again. Under a flood, events of type
 * {@code Normal} are dropped first: they are for people, and nobody reads ten thousand at once.
 */
public final class StoredEventRecorder implements EventRecorder, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoredEventRecorder.class);
    private static final int WAITING = 4096;
    private static final int NORMAL_BURST = 10_000;
    private static final Duration NORMAL_REFILL = Duration.ofMillis(1);
    private static final String NORMAL = "Normal";

    private final ObjectStore store;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Note> waiting = new ArrayDeque<>();
    private final TokenBucket normal;
    private @Nullable Thread writer;
    private boolean closed;

    // Touched by the writer only.
    private final Correlation correlation = new Correlation();
    private long lastName;

    private record Note(
            Resource about,
            @Nullable String fieldPath,
            String type,
            String reason,
            String message,
            EventSource source,
            Instant at) {

        WriteRequest request() {
            return component().endsWith("-controller")
                    ? WriteRequest.ofController(component())
                    : WriteRequest.by(component());
        }

        String component() {
            return requireNonNullElse(source.component(), "");
        }
    }

    /** Creates a recorder that writes into a store. */
    public StoredEventRecorder(ObjectStore store, TimeSource time) {
        this.store = store;
        this.time = time;
        this.normal = new TokenBucket(NORMAL_BURST, NORMAL_REFILL, time.instant());
    }

    @Override
    public void event(Resource about, String type, String reason, String message, String component) {
        event(about, null, type, reason, message, new EventSource(component, null));
    }

    @Override
    public void event(
            Resource about,
            @Nullable String fieldPath,
            String type,
            String reason,
            String message,
            EventSource source) {
        var note = new Note(about, fieldPath, type, reason, message, source, time.instant());
        Thread begun = null;
        lock.lock();
        try {
            if (closed || waiting.size() >= WAITING || (type.equals(NORMAL) && !normal.take(note.at))) {
                return;
            }
            time.workStarted();
            waiting.add(note);
            if (writer == null) {
                writer = Thread.ofVirtual().name("event-recorder").unstarted(this::write);
                begun = writer;
            }
        } finally {
            lock.unlock();
        }
        if (begun != null) {
            begun.start();
        }
    }

    private void write() {
        for (Note note = take(); note != null; note = take()) {
            try {
                write(note);
            } catch (ApiException e) {
                // The namespace is on its way out, or the event was deleted meanwhile.
                LOG.debug("no event about {}: {}", note.about.key(), e.getMessage());
            } catch (RuntimeException | LinkageError | AssertionError e) {
                LOG.error("no event about {}", note.about.key(), e);
            } finally {
                time.workFinished();
            }
        }
    }

    private @Nullable Note take() {
        lock.lock();
        try {
            Note note = waiting.poll();
            if (note == null) {
                writer = null;
            }
            return note;
        } finally {
            lock.unlock();
        }
    }

    private void write(Note note) {
        ResourceType<?> kind = note.about.resourceType();
        var source = new Correlation.Source(
                note.source,
                kind.kind(),
                note.about.key(),
                note.about.metadata().uidOrEmpty());
        Correlation.Verdict verdict = correlation.judge(
                new Correlation.Group(source, note.type, note.reason), note.fieldPath, note.message, note.at);
        if (verdict == null) {
            return;
        }
        ObjectKey written = verdict.written();
        if (written == null || !counted(written, verdict.message(), note)) {
            Event created = store.create(newEvent(note, verdict.message()), note.request());
            correlation.written(verdict, created.key());
        }
    }

    /** {@return whether the event was still there to be counted} */
    private boolean counted(ObjectKey written, String message, Note note) {
        try {
            store.edit(
                    ResourceTypes.EVENT,
                    written,
                    note.request(),
                    event -> EventBuilder.builder(event)
                            .count(event.count() + 1)
                            .lastTimestamp(note.at.truncatedTo(ChronoUnit.SECONDS))
                            .message(message)
                            .build());
            return true;
        } catch (ApiException e) {
            if (e.reason() == ApiException.Reason.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private Event newEvent(Note note, String message) {
        var about = note.about.metadata();
        String namespace = about.namespaceOrEmpty();
        Instant second = note.at.truncatedTo(ChronoUnit.SECONDS);
        return EventBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(about.nameOrEmpty() + "." + Long.toHexString(nextName(note.at)))
                        .namespace(namespace.isEmpty() ? "default" : namespace)
                        .build())
                .involvedObject(ObjectReferenceBuilder.builder()
                        .apiVersion(note.about.resourceType().apiVersion())
                        .kind(note.about.resourceType().kind())
                        .name(about.name())
                        .namespace(about.namespace())
                        .uid(about.uid())
                        .resourceVersion(about.resourceVersion())
                        .fieldPath(note.fieldPath)
                        .build())
                .type(note.type)
                .reason(note.reason)
                .message(message)
                .count(1)
                .firstTimestamp(second)
                .lastTimestamp(second)
                .source(note.source)
                .reportingComponent(note.component())
                .reportingInstance(note.source.host())
                .build();
    }

    // Names carry the time in nanoseconds; a clock that stands still must not give the same one twice.
    private long nextName(Instant at) {
        long nanos = at.getEpochSecond() * 1_000_000_000L + at.getNano();
        lastName = Math.max(lastName + 1, nanos);
        return lastName;
    }

    /** Takes no more events and drops those that wait. Calling it again does nothing. */
    @Override
    public void close() {
        int dropped;
        lock.lock();
        try {
            closed = true;
            dropped = waiting.size();
            waiting.clear();
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < dropped; i++) {
            time.workFinished();
        }
    }
}
