package dev.orchestrator.runtime.controller.garbage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.custom.CustomTypes;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Finds the owners that an object names. */
final class Owners {

    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";

    private final ObjectStore store;
    private final Map<String, ResourceType<?>> types = new HashMap<>();

    Owners(ObjectStore store) {
        this.store = store;
        for (ResourceType<?> type : ResourceTypes.stored()) {
            types.put(name(type.apiVersion(), type.kind()), type);
        }
    }

    private static String name(String apiVersion, String kind) {
        return apiVersion + "/" + kind;
    }

    /** {@return the kind that a reference names; null when there is none of that name, or none any more} */
    @Nullable
    ResourceType<?> type(OwnerReference reference) {
        ResourceType<?> builtIn = types.get(name(reference.apiVersion(), reference.kind()));
        return builtIn != null
                ? builtIn
                : CustomTypes.find(store, reference.apiVersion(), reference.kind())
                        .orElse(null);
    }

    /**
     * The owner references of an object by the state of the owner.
     *
     * @param solid the owner is there, or it cannot be told
     * @param dangling the owner is gone
     * @param waiting the owner waits for this object to be deleted first
     * @param misplaced the owner cannot be where the reference says, because of the namespace
     */
    record Classified(
            List<OwnerReference> solid,
            List<OwnerReference> dangling,
            List<OwnerReference> waiting,
            List<OwnerReference> misplaced) {

        /** Copies the lists. */
        Classified {
            solid = List.copyOf(solid);
            dangling = List.copyOf(dangling);
            waiting = List.copyOf(waiting);
            misplaced = List.copyOf(misplaced);
        }
    }

    Classified classify(Resource object) {
        var solid = new ArrayList<OwnerReference>();
        var dangling = new ArrayList<OwnerReference>();
        var waiting = new ArrayList<OwnerReference>();
        var misplaced = new ArrayList<OwnerReference>();
        for (OwnerReference reference : object.metadata().ownerReferences()) {
            ResourceType<?> type = type(reference);
            if (type == null) {
                solid.add(reference);
                continue;
            }
            boolean clusterScoped = object.metadata().namespaceOrEmpty().isEmpty();
            if (clusterScoped && type.isNamespaced()) {
                // Which namespace the owner is in cannot be told, so Kubernetes never collects such an object.
                misplaced.add(reference);
                solid.add(reference);
                continue;
            }
            Optional<? extends Resource> owner = find(object, type, reference);
            if (owner.isEmpty()) {
                dangling.add(reference);
            } else if (waitsForDependents(owner.get())) {
                waiting.add(reference);
            } else {
                solid.add(reference);
            }
        }
        return new Classified(solid, dangling, waiting, misplaced);
    }

    /**
     * {@return whether every owner is there and none waits for the object's deletion: the common case, decided fast}
     */
    boolean areAllSolid(Resource object) {
        for (OwnerReference reference : object.metadata().ownerReferences()) {
            ResourceType<?> type = type(reference);
            if (type == null) {
                continue;
            }
            boolean misplaced =
                    type.isNamespaced() && object.metadata().namespaceOrEmpty().isEmpty();
            if (misplaced
                    || find(object, type, reference)
                            .filter(owner -> !waitsForDependents(owner))
                            .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** {@return the stored owner that a reference of the object names, the very one} */
    Optional<? extends Resource> find(Resource object, OwnerReference reference) {
        ResourceType<?> type = type(reference);
        return type == null ? Optional.empty() : find(object, type, reference);
    }

    private Optional<? extends Resource> find(Resource object, ResourceType<?> type, OwnerReference reference) {
        String namespace = type.isNamespaced() ? object.metadata().namespaceOrEmpty() : "";
        return store.find(type, new ObjectKey(namespace, reference.name()))
                .filter(owner -> owner.metadata().uidOrEmpty().equals(reference.uid()));
    }

    /** {@return whether the object is being deleted and goes only after its dependents} */
    static boolean waitsForDependents(Resource object) {
        return object.metadata().isTerminating()
                && object.metadata().finalizers().contains(FOREGROUND);
    }

    /** {@return whether the object is being deleted and lets its dependents live} */
    static boolean orphansDependents(Resource object) {
        return object.metadata().isTerminating()
                && object.metadata().finalizers().contains(ORPHAN);
    }
}
