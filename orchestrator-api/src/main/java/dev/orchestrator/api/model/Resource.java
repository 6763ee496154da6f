package dev.orchestrator.api.model;

import dev.orchestrator.api.model.meta.ObjectMeta;

/**
 * A Kubernetes object: immutable, identified by its type, namespace and name.
 *
 * <p>Two instances with the same {@code metadata.uid} and {@code metadata.resourceVersion} describe the same state of
 * the same object.
 */
public interface Resource extends Definition {

    /** {@return the kind of this object: its group, version, names and scope} */
    ResourceType<? extends Resource> resourceType();

    /** {@return name, namespace, labels and all that the API server keeps about an object} */
    ObjectMeta metadata();

    /** {@return this object with other metadata and everything else unchanged} */
    Resource withMetadata(ObjectMeta metadata);

    /** {@return the namespace and name of this object} */
    default ObjectKey key() {
        return new ObjectKey(metadata().namespaceOrEmpty(), metadata().nameOrEmpty());
    }

    /** {@return this object} */
    @Override
    default Resource toResource() {
        return this;
    }
}
