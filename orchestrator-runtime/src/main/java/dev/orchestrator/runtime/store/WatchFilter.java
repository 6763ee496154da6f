package dev.orchestrator.runtime.store;

import java.util.Objects;

import dev.orchestrator.api.model.Resource;
import org.jspecify.annotations.Nullable;

/** Turns changes into what a watcher with selectors sees of them. */
final class WatchFilter {

    private final WatchQuery query;
    private final boolean selectsAll;

    WatchFilter(WatchQuery query) {
        this.query = query;
        this.selectsAll = query.selectsAll();
    }

    boolean matches(Resource object) {
        return (query.namespace() == null
                        || Objects.equals(query.namespace(), object.metadata().namespaceOrEmpty()))
                && query.fields().matches(object)
                && query.labels().matches(object.metadata().labels());
    }

    /** {@return the change as the watcher sees it; null when it does not concern it} */
    @Nullable
    StoreEvent seen(StoreEvent event) {
        if (selectsAll) {
            return event;
        }
        Resource previous = event.previous();
        boolean before = previous != null && matches(previous);
        if (event.kind() == StoreEvent.Kind.DELETED) {
            return before ? event : null;
        }
        boolean after = matches(event.object());
        if (previous == null || (before && after)) {
            return after ? event : null;
        }
        if (after) {
            return new StoreEvent(StoreEvent.Kind.ADDED, event.object(), null, event.revision());
        }
        if (before) {
            Resource last = Metadata.withVersion(previous, event.revision());
            return new StoreEvent(StoreEvent.Kind.DELETED, last, previous, event.revision());
        }
        return null;
    }
}
