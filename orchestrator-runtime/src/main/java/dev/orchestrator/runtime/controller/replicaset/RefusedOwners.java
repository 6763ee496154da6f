package dev.orchestrator.runtime.controller.replicaset;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.model.ObjectKey;

/** The owners whose last pass could not be carried out, and that wait to try again. */
final class RefusedOwners {

    private final Set<ObjectKey> keys = ConcurrentHashMap.newKeySet();

    void add(ObjectKey key) {
        keys.add(key);
    }

    void remove(ObjectKey key) {
        keys.remove(key);
    }

    List<ObjectKey> in(String namespace) {
        return keys.stream().filter(key -> key.namespace().equals(namespace)).toList();
    }
}
