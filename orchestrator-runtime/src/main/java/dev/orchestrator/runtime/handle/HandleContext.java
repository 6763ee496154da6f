package dev.orchestrator.runtime.handle;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WatchCursor;
import dev.orchestrator.runtime.store.WatchQuery;
import dev.orchestrator.runtime.store.WriteRequest;

/**
 * What all handles share.
 *
 * @param store where the objects are
 * @param time where the time comes from
 * @param containers what runs
 * @param services where services are reached
 * @param life whether the orchestrator is still open
 */
public record HandleContext(
        ObjectStore store, TimeSource time, ContainerAccess containers, ServiceAddresses services, Lifespan life) {

    static final WriteRequest WRITE = WriteRequest.by("orchestrator-api");

    /**
     * {@return where the objects are}
     *
     * @throws IllegalStateException if the orchestrator is closed: every call of a handle comes by here
     */
    @Override
    public ObjectStore store() {
        life.requireOpen();
        return store;
    }

    /** {@return a cursor that ends with the orchestrator, to be given back to {@link Lifespan#release}} */
    WatchCursor watch(WatchQuery query) {
        return life.with(store().watch(query));
    }
}
