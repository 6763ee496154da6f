package dev.orchestrator.runtime.store;

import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.meta.ManagedFieldsEntry;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

/** Sets what only the store may set in an object's metadata. */
@SuppressWarnings("ReferenceEquality") // Stored objects are shared: the same instance is the same state.
final class Metadata {

    private Metadata() {}

    static Resource withVersion(Resource object, long revision) {
        return object.withMetadata(ObjectMetaBuilder.builder(object.metadata())
                .resourceVersion(Long.toString(revision))
                .build());
    }

    /** {@return the metadata of an object that is about to be created, without a resource version} */
    static ObjectMeta born(
            ObjectMeta given,
            ObjectKey key,
            String uid,
            Instant now,
            long generation,
            List<ManagedFieldsEntry> owners) {
        return ObjectMetaBuilder.builder(given)
                .namespace(key.namespace().isEmpty() ? null : key.namespace())
                .name(key.name())
                .uid(uid)
                .creationTimestamp(now)
                .generation(generation)
                .managedFields(owners)
                .deletionTimestamp(null)
                .deletionGracePeriodSeconds(null)
                .selfLink(null)
                .resourceVersion(null)
                .build();
    }

    /** {@return the metadata that an update asks for, with what it cannot change as it was} */
    static ObjectMeta updated(ObjectMeta old, ObjectMeta given, long generation) {
        if (given == old && generation == old.generation()) {
            return old;
        }
        ObjectMeta next = ObjectMetaBuilder.builder(given)
                .namespace(old.namespace())
                .name(old.name())
                .uid(old.uid())
                .creationTimestamp(old.creationTimestamp())
                .generation(generation)
                .deletionTimestamp(old.deletionTimestamp())
                .deletionGracePeriodSeconds(old.deletionGracePeriodSeconds())
                .selfLink(null)
                .resourceVersion(old.resourceVersion())
                .build();
        return next.equals(old) ? old : next;
    }
}
