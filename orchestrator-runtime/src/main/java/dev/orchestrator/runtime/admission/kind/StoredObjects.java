package dev.orchestrator.runtime.admission.kind;

import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;

/** What admission reads of the store; never blocks. */
public interface StoredObjects {

    /** {@return the object of that name} */
    <R extends Resource> Optional<R> find(ResourceType<R> type, ObjectKey key);

    /** {@return all objects of a type} */
    <R extends Resource> List<R> list(ResourceType<R> type);

    /** {@return the objects of a type in a namespace} */
    <R extends Resource> List<R> list(ResourceType<R> type, String namespace);
}
