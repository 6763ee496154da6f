package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.admission.kind.StoredObjects;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * What admission sees of the store that is built upon it: nothing until {@link #bind}, then what is stored.
 *
 * <p>The store needs its admission to be made, and admission reads the store: this breaks the circle.
 */
final class StoreView implements StoredObjects {

    private volatile @Nullable ObjectStore store;

    /** Shows this store from now on. */
    public void bind(ObjectStore bound) {
        store = bound;
    }

    @Override
    public <R extends Resource> Optional<R> find(ResourceType<R> type, ObjectKey key) {
        ObjectStore bound = store;
        return bound == null ? Optional.empty() : bound.find(type, key);
    }

    @Override
    public <R extends Resource> List<R> list(ResourceType<R> type) {
        ObjectStore bound = store;
        return bound == null || bound.count(type) == 0 ? List.of() : bound.list(type);
    }

    @Override
    public <R extends Resource> List<R> list(ResourceType<R> type, String namespace) {
        ObjectStore bound = store;
        return bound == null || bound.count(type) == 0 ? List.of() : bound.list(type, namespace);
    }
}
