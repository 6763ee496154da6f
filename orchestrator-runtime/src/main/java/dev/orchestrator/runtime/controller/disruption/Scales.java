package dev.orchestrator.runtime.controller.disruption;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Finds how many pods the owners of some pods want together. */
final class Scales {

    /**
     * What the owners want.
     *
     * @param pods how many pods
     * @param unmanaged the names of pods that nobody controls
     * @param wrong why the number can not be told; null when it can
     */
    record Wanted(
            int pods, List<String> unmanaged, @Nullable String wrong) {}

    /** An object that wants a number of pods. */
    private record Scaled(String uid, int replicas) {}

    private final ObjectStore store;

    Scales(ObjectStore store) {
        this.store = store;
    }

    Wanted of(List<Pod> pods) {
        Map<String, Integer> byOwner = new HashMap<>();
        var unmanaged = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (Pod pod : pods) {
            Optional<OwnerReference> controller = pod.metadata().controller();
            if (controller.isEmpty()) {
                unmanaged.add(pod.key().name());
                continue;
            }
            OwnerReference owner = controller.get();
            if (!seen.add(owner.uid())) {
                continue;
            }
            if (!isScalable(owner)) {
                return new Wanted(0, unmanaged, plural(owner) + " does not implement the scale subresource");
            }
            Optional<Scaled> scaled = scaled(pod.metadata().namespaceOrEmpty(), owner);
            if (scaled.isEmpty()) {
                return new Wanted(
                        0,
                        unmanaged,
                        "found no controllers for pod \"" + pod.key().name() + "\"");
            }
            byOwner.put(scaled.get().uid(), scaled.get().replicas());
        }
        return new Wanted(byOwner.values().stream().mapToInt(Integer::intValue).sum(), unmanaged, null);
    }

    private static boolean isScalable(OwnerReference owner) {
        return switch (owner.kind()) {
            case "ReplicaSet", "ReplicationController", "StatefulSet", "Deployment" -> true;
            default -> false;
        };
    }

    private static String plural(OwnerReference owner) {
        int slash = owner.apiVersion().indexOf('/');
        String group = slash < 0 ? "" : "." + owner.apiVersion().substring(0, slash);
        return ResourceTypes.find(owner.apiVersion(), owner.kind())
                        .map(ResourceType::plural)
                        .orElseGet(() -> owner.kind().toLowerCase(Locale.ROOT) + "s")
                + group;
    }

    private Optional<Scaled> scaled(String namespace, OwnerReference owner) {
        return switch (owner.kind()) {
            case "ReplicaSet" ->
                find(ResourceTypes.REPLICA_SET, namespace, owner).map(this::scaled);
            case "ReplicationController" ->
                find(ResourceTypes.REPLICATION_CONTROLLER, namespace, owner)
                        .map(it -> scaled(it, it.spec().replicas()));
            case "StatefulSet" ->
                find(ResourceTypes.STATEFUL_SET, namespace, owner)
                        .map(it -> scaled(it, it.spec().replicas()));
            default ->
                find(ResourceTypes.DEPLOYMENT, namespace, owner)
                        .map(it -> new Scaled(it.metadata().uidOrEmpty(), it.desiredReplicas()));
        };
    }

    private Scaled scaled(ReplicaSet set) {
        return set.metadata()
                .controller()
                .filter(owner -> owner.kind().equals("Deployment"))
                .flatMap(owner -> find(ResourceTypes.DEPLOYMENT, set.metadata().namespaceOrEmpty(), owner))
                .map(it -> new Scaled(it.metadata().uidOrEmpty(), it.desiredReplicas()))
                .orElseGet(() -> new Scaled(set.metadata().uidOrEmpty(), set.desiredReplicas()));
    }

    private static Scaled scaled(Resource owner, @Nullable Integer replicas) {
        return new Scaled(owner.metadata().uidOrEmpty(), replicas == null ? 1 : replicas);
    }

    private <R extends Resource> Optional<R> find(ResourceType<R> type, String namespace, OwnerReference owner) {
        return store.find(type, new ObjectKey(namespace, owner.name()))
                .filter(found -> found.metadata().uidOrEmpty().equals(owner.uid()));
    }
}
