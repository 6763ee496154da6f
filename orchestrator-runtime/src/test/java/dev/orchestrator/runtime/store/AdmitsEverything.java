package dev.orchestrator.runtime.store;

import dev.orchestrator.api.model.Resource;

/** Lets everything pass as it is, so that a test sees what the store does by itself. */
public final class AdmitsEverything implements Admission {

    @Override
    public <R extends Resource> R admitCreate(R object, WriteRequest request) {
        return object;
    }

    @Override
    public <R extends Resource> R admitUpdate(R old, R updated, WriteRequest request) {
        return updated;
    }

    @Override
    public <R extends Resource> void admitDelete(R old, WriteRequest request) {
        // Every deletion is fine.
    }
}
