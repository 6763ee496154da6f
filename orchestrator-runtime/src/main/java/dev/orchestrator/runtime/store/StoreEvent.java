package dev.orchestrator.runtime.store;

import dev.orchestrator.api.model.Resource;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * One change, as a watcher sees it.
 *
 * @param kind what happened
 * @param object the object after the change; of a deletion the last state, with the revision of the deletion as its
 *     resource version; of a bookmark an empty object that carries only a resource version
 * @param previous the object before the change; null for an addition and a bookmark
 * @param revision the revision of the store at which it happened
 */
public record StoreEvent(
        Kind kind, Resource object, @Nullable Resource previous, long revision) {

    /** What happened to an object. */
    public enum Kind {
        /** It was created, or has begun to match the watcher's selector. */
        ADDED,
        /** It was changed. */
        MODIFIED,
        /** It was deleted, or has ceased to match the watcher's selector. */
        DELETED,
        /** Nothing: tells how far the watcher has come. */
        BOOKMARK
    }

    /** Refuses null parts. */
    public StoreEvent {
        requireNonNull(kind, "kind is null");
        requireNonNull(object, "object is null");
    }
}
