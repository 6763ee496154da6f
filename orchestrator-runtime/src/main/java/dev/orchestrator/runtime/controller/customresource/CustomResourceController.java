package dev.orchestrator.runtime.controller.customresource;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.runtime.custom.CustomTypes;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;

/** Accepts the names of custom resource definitions, establishes them, and ends their objects before they go. */
public final class CustomResourceController implements Controller {

    // One at a time: two definitions that want the same name are not to get it both.
    private static final int WORKERS = 1;

    private final ObjectStore store;
    private final TimeSource time;

    /** Creates the controller; it works once connected. */
    public CustomResourceController(ObjectStore store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    @Override
    public String name() {
        return "customresource";
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<ObjectKey> queue = wiring.queue("customresource", WORKERS, new CustomResourceReconciler(store, time));
        wiring.watch(ResourceTypes.CUSTOM_RESOURCE_DEFINITION, change -> definitionChanged(change, queue));
        wiring.watchCustom(change -> objectChanged(change, queue));
    }

    private void definitionChanged(Change<CustomResourceDefinition> change, WorkQueue<ObjectKey> queue) {
        CustomResourceDefinition changed = change.object();
        if (!change.isDeleted()) {
            queue.add(changed.key());
        }
        CustomResourceDefinition before = change.before();
        boolean freesNames = before != null
                && (change.isDeleted()
                        || !before.status()
                                .acceptedNames()
                                .equals(changed.status().acceptedNames()));
        if (freesNames) {
            for (CustomResourceDefinition other : store.list(ResourceTypes.CUSTOM_RESOURCE_DEFINITION)) {
                if (other.spec().group().equals(changed.spec().group())) {
                    queue.add(other.key());
                }
            }
        }
    }

    private void objectChanged(Change<CustomObject> change, WorkQueue<ObjectKey> queue) {
        if (change.isDeleted()) {
            ObjectKey definition = CustomTypes.definitionOf(change.object().resourceType());
            store.find(ResourceTypes.CUSTOM_RESOURCE_DEFINITION, definition)
                    .filter(found -> found.metadata().isTerminating())
                    .ifPresent(found -> queue.add(definition));
        }
    }
}
