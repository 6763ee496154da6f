package dev.orchestrator.runtime.loop;

import dev.orchestrator.api.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What has changed about one object.
 *
 * @param <R> the type of object
 * @param before the object before; null when it was added
 * @param after the object now; null when it was deleted
 */
public record Change<R extends Resource>(
        @Nullable R before, @Nullable R after) {

    /** Refuses a change from nothing to nothing. */
    public Change {
        if (before == null && after == null) {
            throw new IllegalArgumentException("a change has an object before or after it");
        }
    }

    /** {@return the newest known state of the object: now, or its last} */
    public R object() {
        R newest = after != null ? after : before;
        if (newest == null) {
            throw new IllegalStateException("a change has an object before or after it");
        }
        return newest;
    }

    /** {@return whether the object was added} */
    public boolean isAdded() {
        return before == null;
    }

    /** {@return whether the object was deleted} */
    public boolean isDeleted() {
        return after == null;
    }
}
