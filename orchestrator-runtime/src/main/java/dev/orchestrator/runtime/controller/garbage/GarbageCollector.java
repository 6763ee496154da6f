package dev.orchestrator.runtime.controller.garbage;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what has lost all its owners, at once in the background, before the owner in the foreground, or not at all
 * when the owner orphans its dependents.
 *
 * <p>Driven by events: an object is looked at when it appears with an owner that is not there, when its owner goes, or
 * when it is being deleted in a way that concerns its dependents.
 */
public final class GarbageCollector implements Controller {

    private static final int WORKERS = 4;

    private final ObjectStore store;
    private final EventRecorder events;
    private final Owners owners;

    /** Creates the collector; it works once connected. */
    public GarbageCollector(ObjectStore store, EventRecorder events) {
        this.store = store;
        this.events = events;
        this.owners = new Owners(store);
    }

    @Override
    public String name() {
        return "garbage-collector";
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<Reference> queue =
                wiring.queue("garbage-collector", WORKERS, new GarbageReconciler(store, events, owners));
        for (ResourceType<?> type : ResourceTypes.stored()) {
            wiring.watch(type, change -> changed(change, queue));
        }
        wiring.watchCustom(change -> changed(change, queue));
    }

    private void changed(Change<? extends Resource> change, WorkQueue<Reference> queue) {
        Resource before = change.before();
        Resource after = change.after();
        if (after == null) {
            if (before != null) {
                gone(before, queue);
            }
            return;
        }
        boolean sameOwners = before != null
                && before.metadata().ownerReferences().equals(after.metadata().ownerReferences());
        if (!sameOwners && !owners.areAllSolid(after)) {
            queue.add(Reference.to(after));
        }
        if (before != null && !sameOwners) {
            ownersThatWait(before, queue);
        }
        if (concernsDependents(after) && !isSameDeletion(before, after)) {
            queue.add(Reference.to(after));
            dependents(after, queue);
        }
    }

    private static boolean concernsDependents(Resource object) {
        return Owners.waitsForDependents(object) || Owners.orphansDependents(object);
    }

    private static boolean isSameDeletion(@Nullable Resource before, Resource after) {
        return before != null
                && before.metadata().isTerminating()
                && before.metadata().finalizers().equals(after.metadata().finalizers());
    }

    private void gone(Resource object, WorkQueue<Reference> queue) {
        dependents(object, queue);
        ownersThatWait(object, queue);
    }

    private void dependents(Resource owner, WorkQueue<Reference> queue) {
        for (Resource dependent : store.dependents(owner.metadata().uidOrEmpty())) {
            queue.add(Reference.to(dependent));
        }
    }

    private void ownersThatWait(Resource object, WorkQueue<Reference> queue) {
        for (OwnerReference reference : object.metadata().ownerReferences()) {
            owners.find(object, reference)
                    .filter(Owners::waitsForDependents)
                    .ifPresent(owner -> queue.add(Reference.to(owner)));
        }
    }
}
