package dev.orchestrator.runtime.store;

import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.ManagedFieldsEntry;
import dev.orchestrator.api.model.meta.ObjectMeta;

/** Keeps the record of who owns which fields of an object. Called by every write, without a lock. */
public interface Ownership {

    /** Keeps no record. */
    Ownership UNRECORDED = new Ownership() {
        @Override
        public List<ManagedFieldsEntry> ofCreated(
                ResourceType<?> type, ObjectMeta given, WriteRequest request, Instant now) {
            return given.managedFields();
        }

        @Override
        public List<ManagedFieldsEntry> ofUpdated(Resource old, Resource next, WriteRequest request, Instant now) {
            return next.metadata().managedFields();
        }
    };

    /** {@return the owners of the fields of a new object} */
    List<ManagedFieldsEntry> ofCreated(ResourceType<?> type, ObjectMeta given, WriteRequest request, Instant now);

    /**
     * {@return the owners of the fields of an object after a change; the list of the old state when they are the same}
     *
     * @param next the new state, with the owners that the writer has given it
     */
    List<ManagedFieldsEntry> ofUpdated(Resource old, Resource next, WriteRequest request, Instant now);
}
