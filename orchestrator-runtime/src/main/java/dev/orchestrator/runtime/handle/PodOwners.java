package dev.orchestrator.runtime.handle;

import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Finds the pods of an object. */
final class PodOwners {

    /** An object that wants a number of pods. */
    record Scaled(String uid, int replicas) {}

    private PodOwners() {}

    /** {@return the object that says how many pods like this one there are to be: the deployment of a replica set} */
    static Optional<Scaled> scaled(ObjectStore store, String namespace, OwnerReference owner) {
        var key = new ObjectKey(namespace, owner.name());
        return switch (owner.kind()) {
            case "ReplicaSet" -> store.find(ResourceTypes.REPLICA_SET, key).map(set -> scaled(store, set));
            case "ReplicationController" ->
                store.find(ResourceTypes.REPLICATION_CONTROLLER, key)
                        .map(it -> new Scaled(
                                it.metadata().uidOrEmpty(), wanted(it.spec().replicas())));
            case "StatefulSet" ->
                store.find(ResourceTypes.STATEFUL_SET, key)
                        .map(it -> new Scaled(
                                it.metadata().uidOrEmpty(), wanted(it.spec().replicas())));
            default -> Optional.empty();
        };
    }

    private static Scaled scaled(ObjectStore store, ReplicaSet set) {
        return set.metadata()
                .controller()
                .flatMap(owner -> store.find(
                        ResourceTypes.DEPLOYMENT, new ObjectKey(set.key().namespace(), owner.name())))
                .map(deployment -> new Scaled(deployment.metadata().uidOrEmpty(), deployment.desiredReplicas()))
                .orElseGet(() -> new Scaled(set.metadata().uidOrEmpty(), set.desiredReplicas()));
    }

    private static int wanted(@Nullable Integer replicas) {
        return replicas == null ? 1 : replicas;
    }

    /** {@return the pods that an object controls, itself or through replica sets; those a service selects} */
    static List<Pod> pods(ObjectStore store, Resource object) {
        String uid = object.metadata().uidOrEmpty();
        if (object instanceof Deployment) {
            return store.controlledBy(ResourceTypes.REPLICA_SET, uid).stream()
                    .flatMap(set -> store.podsControlledBy(set.metadata().uidOrEmpty()).stream())
                    .toList();
        }
        if (object instanceof Service service) {
            return service.spec().selector().isEmpty()
                    ? List.of()
                    : store.matching(
                            ResourceTypes.POD,
                            service.metadata().namespaceOrEmpty(),
                            Selector.ofLabels(service.spec().selector()));
        }
        return store.podsControlledBy(uid);
    }
}
