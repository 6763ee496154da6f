package dev.orchestrator.api;

import dev.orchestrator.api.model.Resource;

/**
 * A change of an object.
 *
 * @param kind what happened
 * @param object the object after the change; the last state of one that is gone
 */
public record WatchEvent<R extends Resource>(Kind kind, R object) {

    /** What happened to an object. */
    public enum Kind {
        /** It is there, or matches the selector now. */
        ADDED,
        /** It has changed. */
        MODIFIED,
        /** It is gone, or matches the selector no more. */
        DELETED
    }
}
