package dev.orchestrator.runtime.handle;

import dev.orchestrator.api.ObjectHandle;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;

/** An object without verbs of its own. */
final class PlainObject<R extends Resource> extends StoredObject<R, ObjectHandle<R>> implements ObjectHandle<R> {

    PlainObject(HandleContext context, ResourceType<R> type, ObjectKey key) {
        super(context, type, key);
    }

    @Override
    ObjectHandle<R> self() {
        return this;
    }
}
