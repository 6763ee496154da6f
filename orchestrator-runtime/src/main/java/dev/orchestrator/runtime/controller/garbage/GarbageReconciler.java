package dev.orchestrator.runtime.controller.garbage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.api.model.meta.OwnerReferenceBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;

/** Decides about one object whether its owners still justify it, or whether its dependents let it go. */
final class GarbageReconciler implements Reconciler<Reference> {

    private static final String MANAGER = "garbage-collector-controller";
    private static final int ATTEMPTS = 5;

    private final ObjectStore store;
    private final EventRecorder events;
    private final Owners owners;
    private final WriteRequest request = WriteRequest.ofController(MANAGER);

    GarbageReconciler(ObjectStore store, EventRecorder events, Owners owners) {
        this.store = store;
        this.events = events;
        this.owners = owners;
    }

    @Override
    public Outcome reconcile(Reference item) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Resource object = find(item);
            if (object == null) {
                return Outcome.done();
            }
            try {
                process(object);
                return Outcome.done();
            } catch (ApiException e) {
                if (e.reason() == ApiException.Reason.NOT_FOUND) {
                    return Outcome.done();
                }
                if (e.reason() != ApiException.Reason.CONFLICT) {
                    throw e;
                }
                // The object has changed since it was read: perhaps someone adopted it. Look again.
            }
        }
        return Outcome.retry();
    }

    private @Nullable Resource find(Reference item) {
        return store.find(item.type(), item.key())
                .filter(object -> object.metadata().uidOrEmpty().equals(item.uid()))
                .orElse(null);
    }

    private void process(Resource object) {
        if (Owners.orphansDependents(object)) {
            orphanDependents(object);
        } else if (Owners.waitsForDependents(object)) {
            releaseIfUnblocked(object);
        } else if (!object.metadata().isTerminating()
                && !object.metadata().ownerReferences().isEmpty()) {
            collectUnlessOwned(object);
        }
    }

    private void orphanDependents(Resource owner) {
        String uid = owner.metadata().uidOrEmpty();
        for (Resource dependent : store.dependents(uid)) {
            edit(dependent.resourceType(), dependent, metadata -> withoutOwners(metadata, List.of(uid)));
        }
        edit(owner.resourceType(), owner, metadata -> withoutFinalizer(metadata, Owners.ORPHAN));
    }

    private void releaseIfUnblocked(Resource owner) {
        String uid = owner.metadata().uidOrEmpty();
        for (Resource dependent : store.dependents(uid)) {
            if (blocks(dependent, uid)) {
                return;
            }
        }
        edit(owner.resourceType(), owner, metadata -> withoutFinalizer(metadata, Owners.FOREGROUND));
    }

    private static boolean blocks(Resource dependent, String ownerUid) {
        for (OwnerReference reference : dependent.metadata().ownerReferences()) {
            if (reference.uid().equals(ownerUid) && Boolean.TRUE.equals(reference.blockOwnerDeletion())) {
                return true;
            }
        }
        return false;
    }

    private void collectUnlessOwned(Resource object) {
        Owners.Classified references = owners.classify(object);
        reportMisplaced(object, references);
        if (!references.solid().isEmpty()) {
            var lost = new ArrayList<String>();
            references.dangling().forEach(reference -> lost.add(reference.uid()));
            references.waiting().forEach(reference -> lost.add(reference.uid()));
            if (!lost.isEmpty()) {
                edit(object.resourceType(), object, metadata -> withoutOwners(metadata, lost));
            }
        } else if (!references.waiting().isEmpty() && hasDependents(object)) {
            breakCycle(object);
            delete(object, "Foreground");
        } else {
            delete(object, policyOf(object));
        }
    }

    private boolean hasDependents(Resource object) {
        return !store.dependents(object.metadata().uidOrEmpty()).isEmpty();
    }

    /** Two objects that own each other would wait for each other for ever. */
    private void breakCycle(Resource object) {
        for (Resource dependent : store.dependents(object.metadata().uidOrEmpty())) {
            if (Owners.waitsForDependents(dependent)) {
                edit(object.resourceType(), object, GarbageReconciler::withoutBlocking);
                return;
            }
        }
    }

    private static String policyOf(Resource object) {
        List<String> finalizers = object.metadata().finalizers();
        if (finalizers.contains(Owners.ORPHAN)) {
            return "Orphan";
        }
        return finalizers.contains(Owners.FOREGROUND) ? "Foreground" : "Background";
    }

    private void reportMisplaced(Resource object, Owners.Classified references) {
        references.misplaced().forEach(reference -> reportNamespace(object, reference));
        for (OwnerReference reference : references.dangling()) {
            // An owner of that uid elsewhere has this object in its index, so it is its namespace that is wrong.
            if (isElsewhere(object, reference)) {
                reportNamespace(object, reference);
            }
        }
    }

    private boolean isElsewhere(Resource object, OwnerReference reference) {
        return Optional.<ResourceType<?>>ofNullable(owners.type(reference))
                .filter(ResourceType::isNamespaced)
                .filter(type -> existsOutside(type, object.metadata().namespaceOrEmpty(), reference))
                .isPresent();
    }

    private boolean existsOutside(ResourceType<?> type, String namespace, OwnerReference reference) {
        for (var other : store.list(ResourceTypes.NAMESPACE)) {
            String name = other.metadata().nameOrEmpty();
            boolean found = !name.equals(namespace)
                    && store.find(type, new ObjectKey(name, reference.name()))
                            .filter(owner -> owner.metadata().uidOrEmpty().equals(reference.uid()))
                            .isPresent();
            if (found) {
                return true;
            }
        }
        return false;
    }

    private void reportNamespace(Resource object, OwnerReference reference) {
        String namespace = object.metadata().namespaceOrEmpty();
        String message =
                "ownerRef " + identity(reference, namespace) + " does not exist in namespace \"" + namespace + "\"";
        events.event(object, "Warning", "OwnerRefInvalidNamespace", message, MANAGER);
    }

    private static String identity(OwnerReference owner, String namespace) {
        return "[" + owner.apiVersion() + "/" + owner.kind() + ", namespace: " + namespace + ", name: " + owner.name()
                + ", uid: " + owner.uid() + "]";
    }

    private void delete(Resource object, String policy) {
        var options = DeleteOptionsBuilder.builder()
                .propagationPolicy(policy)
                .preconditions(new Preconditions(
                        object.metadata().resourceVersion(), object.metadata().uid()))
                .build();
        store.delete(object.resourceType(), object.key(), options, request);
    }

    @SuppressWarnings("ReferenceEquality")
    private <R extends Resource> void edit(ResourceType<R> type, Resource object, UnaryOperator<ObjectMeta> change) {
        String uid = object.metadata().uidOrEmpty();
        try {
            store.edit(type, object.key(), request, stored -> {
                boolean same = stored.metadata().uidOrEmpty().equals(uid);
                ObjectMeta changed = same ? change.apply(stored.metadata()) : stored.metadata();
                return changed == stored.metadata() ? stored : type.cast(stored.withMetadata(changed));
            });
        } catch (ApiException e) {
            // What is gone meanwhile needs no edit.
            if (e.reason() != ApiException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static ObjectMeta withoutOwners(ObjectMeta metadata, List<String> uids) {
        var kept = metadata.ownerReferences().stream()
                .filter(reference -> !uids.contains(reference.uid()))
                .toList();
        return kept.size() == metadata.ownerReferences().size()
                ? metadata
                : ObjectMetaBuilder.builder(metadata).ownerReferences(kept).build();
    }

    private static ObjectMeta withoutBlocking(ObjectMeta metadata) {
        var unblocking = metadata.ownerReferences().stream()
                .map(reference -> OwnerReferenceBuilder.builder(reference)
                        .blockOwnerDeletion(null)
                        .build())
                .toList();
        return ObjectMetaBuilder.builder(metadata).ownerReferences(unblocking).build();
    }

    private static ObjectMeta withoutFinalizer(ObjectMeta metadata, String finalizer) {
        if (!metadata.finalizers().contains(finalizer)) {
            return metadata;
        }
        var kept = metadata.finalizers().stream()
                .filter(name -> !name.equals(finalizer))
                .toList();
        return ObjectMetaBuilder.builder(metadata).finalizers(kept).build();
    }
}
