package dev.orchestrator.runtime.controller.endpoints;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.runtime.loop.Change;

/**
 * Tells the changes that a controller made itself from those of others, so that its own writes do not make it look at
 * the service again.
 *
 * <p>Looking once too often is harmless: it may answer false for an own write whose event came early.
 */
final class OwnWrites {

    private final ConcurrentMap<String, String> versions = new ConcurrentHashMap<>();
    private final Set<String> deleting = ConcurrentHashMap.newKeySet();

    /** Remembers what was written. */
    void written(Resource stored) {
        String version = stored.metadata().resourceVersion();
        if (version != null) {
            versions.put(stored.metadata().uidOrEmpty(), version);
        }
    }

    /** Remembers that an object is being deleted. */
    void deleting(Resource stored) {
        deleting.add(stored.metadata().uidOrEmpty());
    }

    /** {@return whether the change is the controller's own} */
    boolean isOwn(Change<? extends Resource> change) {
        Resource after = change.after();
        Resource before = change.before();
        if (after != null) {
            String version = versions.get(after.metadata().uidOrEmpty());
            return version != null && version.equals(after.metadata().resourceVersion());
        }
        if (before == null) {
            return false;
        }
        versions.remove(before.metadata().uidOrEmpty());
        return deleting.remove(before.metadata().uidOrEmpty());
    }
}
