package dev.orchestrator.runtime.store;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.ObjectMeta;

/**
 * The object whose intent a write carries out: it must still be there, not going away and want the same.
 *
 * @param type its type
 * @param key its name
 * @param uid which object of that name
 * @param generation what it wanted
 */
public record Basis(ResourceType<?> type, ObjectKey key, String uid, long generation) {

    /** {@return an object as it was read} */
    public static Basis of(Resource object) {
        ObjectMeta metadata = object.metadata();
        return new Basis(object.resourceType(), object.key(), metadata.uidOrEmpty(), metadata.generation());
    }

    boolean holds(ObjectMeta now) {
        return generation == now.generation() && uid.equals(now.uidOrEmpty()) && !now.isTerminating();
    }
}
