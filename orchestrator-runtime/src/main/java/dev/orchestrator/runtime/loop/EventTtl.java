package dev.orchestrator.runtime.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;

/** Deletes events an hour after they last happened, and the oldest when there are too many to keep. */
public final class EventTtl implements Controller {

    private static final Duration TTL = Duration.ofHours(1);
    private static final int KEPT = 20_000;

    private final ObjectStore store;
    private final TimeSource time;
    private final int kept;
    /** Oldest first; the pump's own. */
    private final Queue<ObjectKey> age = new ArrayDeque<>();

    private @Nullable WorkQueue<ObjectKey> surplus;
    private @Nullable WorkQueue<ObjectKey> expiring;

    /** Creates the controller for the events of a store. */
    public EventTtl(ObjectStore store, TimeSource time) {
        this(store, time, KEPT);
    }

    EventTtl(ObjectStore store, TimeSource time, int kept) {
        this.store = store;
        this.time = time;
        this.kept = kept;
    }

    @Override
    public String name() {
        return "event-ttl";
    }

    @Override
    public void connect(Wiring wiring) {
        surplus = wiring.queue("event-surplus", 1, this::delete);
        expiring = wiring.queue("event-ttl", 1, this::expire);
        wiring.watch(ResourceTypes.EVENT, this::changed);
    }

    private void changed(Change<Event> change) {
        if (!change.isAdded() || surplus == null || expiring == null) {
            return;
        }
        ObjectKey key = change.object().key();
        expiring.addAfter(key, TTL);
        age.add(key);
        while (age.size() > kept) {
            surplus.add(age.remove());
        }
    }

    private Outcome expire(ObjectKey key) {
        Event event = store.find(ResourceTypes.EVENT, key).orElse(null);
        if (event == null) {
            return Outcome.done();
        }
        Instant end = lastSeen(event).plus(TTL);
        Duration left = Duration.between(time.instant(), end);
        return left.isPositive() ? Outcome.after(left) : delete(key);
    }

    private Instant lastSeen(Event event) {
        if (event.lastTimestamp() != null) {
            return event.lastTimestamp();
        }
        if (event.series() != null && event.series().lastObservedTime() != null) {
            return event.series().lastObservedTime().instant();
        }
        Instant created = event.metadata().creationTimestamp();
        return created == null ? time.instant() : created;
    }

    private Outcome delete(ObjectKey key) {
        try {
            store.delete(
                    ResourceTypes.EVENT,
                    key,
                    DeleteOptionsBuilder.builder().build(),
                    WriteRequest.ofController(name()));
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.NOT_FOUND) {
                throw e;
            }
        }
        return Outcome.done();
    }
}
