package dev.orchestrator.api.admission;

import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * A write on its way into the store.
 *
 * @param operation what is done
 * @param type the kind of object
 * @param subresource the part that is written, such as {@code status} or {@code binding}; empty for the object itself
 * @param oldObject the object as it is stored; null when it is created
 * @param object the object as it is to be stored; null when it is deleted
 * @param dryRun whether nothing will be stored: a plug-in must then have no effect outside
 * @param manager who writes, such as {@code kubectl} or {@code deployment-controller}
 */
public record AdmissionReview(
        Operation operation,
        ResourceType<?> type,
        String subresource,
        @Nullable Resource oldObject,
        @Nullable Resource object,
        boolean dryRun,
        String manager) {

    /** What a write does. */
    public enum Operation {
        /** Stores an object of a new name. */
        CREATE,
        /** Replaces a stored object, or a part of it. */
        UPDATE,
        /** Removes an object or marks it for removal. */
        DELETE
    }

    /** {@return the object this is about: as it is to be stored, or as it is stored when it is deleted} */
    public Resource subject() {
        Resource about = object != null ? object : oldObject;
        if (about == null) {
            throw new IllegalStateException("a review without an object");
        }
        return about;
    }

    /** {@return the namespace and name of the object} */
    public ObjectKey key() {
        return subject().key();
    }

    /** {@return the object as it is to be stored, if it is of this type and not being deleted} */
    public <R extends Resource> Optional<R> object(ResourceType<R> wanted) {
        return object != null && type.equals(wanted) ? Optional.of(wanted.cast(object)) : Optional.empty();
    }

    /** {@return the object as it is stored, if it is of this type and not being created} */
    public <R extends Resource> Optional<R> oldObject(ResourceType<R> wanted) {
        return oldObject != null && type.equals(wanted) ? Optional.of(wanted.cast(oldObject)) : Optional.empty();
    }

    /** {@return whether the object itself is written, not one of its subresources} */
    public boolean isMain() {
        return subresource.isEmpty();
    }

    /** {@return the same write with another object to be stored} */
    public AdmissionReview withObject(Resource changed) {
        return new AdmissionReview(operation, type, subresource, oldObject, changed, dryRun, manager);
    }

    /** {@return the refusal to throw: {@code pods "web-1" is forbidden: ...}} */
    public ApiException denied(String message) {
        return ApiException.forbidden(type, key(), message);
    }
}
