package dev.orchestrator.runtime.controller.garbage;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;

/**
 * One object of any type, the very one and no later one of the same name.
 *
 * @param type its type
 * @param key its namespace and name
 * @param uid its identity
 */
record Reference(ResourceType<? extends Resource> type, ObjectKey key, String uid) {

    static Reference to(Resource object) {
        return new Reference(
                object.resourceType(), object.key(), object.metadata().uidOrEmpty());
    }

    @Override
    public String toString() {
        return type.qualifiedPlural() + " " + key;
    }
}
