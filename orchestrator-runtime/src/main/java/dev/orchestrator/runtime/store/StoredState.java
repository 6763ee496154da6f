package dev.orchestrator.runtime.store;

import java.util.List;

import dev.orchestrator.api.model.Resource;

/**
 * All objects of a store at one revision.
 *
 * @param revision the revision
 * @param objects the objects, in any order
 */
public record StoredState(long revision, List<StoredObject> objects) {

    /** The state of a store that nothing was ever written to. */
    public static final StoredState NOTHING = new StoredState(Journal.FIRST, List.of());

    /**
     * An object and its age.
     *
     * @param sequence the revision at which it was created
     * @param object the object
     */
    public record StoredObject(long sequence, Resource object) {}

    /** Copies the list. */
    public StoredState {
        objects = List.copyOf(objects);
    }
}
