package dev.orchestrator.api;

import dev.orchestrator.api.model.Resource;

/** A replica set or replication controller. */
public interface WorkloadHandle<R extends Resource> extends PodsHandle<R, WorkloadHandle<R>> {}
