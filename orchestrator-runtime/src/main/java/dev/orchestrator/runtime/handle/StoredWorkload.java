package dev.orchestrator.runtime.handle;

import dev.orchestrator.api.WorkloadHandle;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;

/** An object that keeps pods and has no further verbs. */
final class StoredWorkload<R extends Resource> extends PodsOwner<R, WorkloadHandle<R>> implements WorkloadHandle<R> {

    StoredWorkload(HandleContext context, ResourceType<R> type, ObjectKey key) {
        super(context, type, key);
    }

    @Override
    WorkloadHandle<R> self() {
        return this;
    }
}
