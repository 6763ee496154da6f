package dev.orchestrator.runtime.handle;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/**
 * What all handles share.
 *
 * @param store where the objects are
 * @param time where the time comes from
 * @param containers what runs
 * @param services where services are reached
 */
public record HandleContext(ObjectStore store, TimeSource time, ContainerAccess containers, ServiceAddresses services) {

    static final WriteRequest WRITE = WriteRequest.by("orchestrator-api");
}
