package dev.orchestrator.runtime.handle;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.runtime.store.FieldSelector;
import dev.orchestrator.runtime.store.ListQuery;
import dev.orchestrator.runtime.store.ObjectStore;

/** The events about one object. */
final class Events {

    private Events() {}

    /** {@return the events about an object, oldest first} */
    static List<Event> about(ObjectStore store, Resource object) {
        String namespace = object.metadata().namespaceOrEmpty();
        var query = ListQuery.inNamespace(namespace.isEmpty() ? "default" : namespace)
                .fields(FieldSelector.is("involvedObject.uid", object.metadata().uidOrEmpty()));
        return store.list(ResourceTypes.EVENT, query).items().stream()
                .sorted(Comparator.comparing(Events::last))
                .toList();
    }

    /** {@return when it last happened} */
    static Instant last(Event event) {
        if (event.lastTimestamp() != null) {
            return event.lastTimestamp();
        }
        if (event.series() != null && event.series().lastObservedTime() != null) {
            return event.series().lastObservedTime().instant();
        }
        if (event.eventTime() != null) {
            return event.eventTime().instant();
        }
        Instant created = event.metadata().creationTimestamp();
        return created == null ? Instant.EPOCH : created;
    }

    /** {@return how often it has happened, for people; empty for once} */
    static String times(Event event) {
        return event.count() > 1 ? " (x" + event.count() + ")" : "";
    }
}
