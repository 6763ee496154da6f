package dev.orchestrator.runtime.handle;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

/** Puts objects where a view's namespace says. */
final class Namespaces {

    private Namespaces() {}

    /** {@return the object in the namespace, unless it names one itself or has none} */
    @SuppressWarnings("unchecked") // withMetadata gives an object of the same record
    static <R extends Resource> R in(String namespace, R object) {
        if (!object.resourceType().isNamespaced()
                || !object.metadata().namespaceOrEmpty().isEmpty()) {
            return object;
        }
        return (R) object.withMetadata(ObjectMetaBuilder.builder(object.metadata())
                .namespace(namespace)
                .build());
    }

    static ObjectKey key(ResourceType<?> type, String namespace, String name) {
        return type.isNamespaced() ? new ObjectKey(namespace, name) : ObjectKey.cluster(name);
    }
}
