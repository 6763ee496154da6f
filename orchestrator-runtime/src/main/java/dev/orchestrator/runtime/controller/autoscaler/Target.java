package dev.orchestrator.runtime.controller.autoscaler;

import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.apps.StatefulSetBuilder;
import dev.orchestrator.api.model.apps.StatefulSetSpecBuilder;
import dev.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.core.ReplicationControllerBuilder;
import dev.orchestrator.api.model.core.ReplicationControllerSpecBuilder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;

/**
 * The scale of what an autoscaler scales.
 *
 * @param type its type
 * @param key its name
 * @param wanted how many replicas it is to have
 * @param present how many it has
 * @param selector which pods they are
 */
record Target(ResourceType<?> type, ObjectKey key, int wanted, int present, Selector selector) {

    /** {@return the type that a reference names; empty if nothing of that type can be scaled} */
    static Optional<ResourceType<?>> type(CrossVersionObjectReference reference) {
        String version = reference.apiVersion() == null ? "" : reference.apiVersion();
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        ResourceType<?> type = switch (reference.kind()) {
            case "Deployment" -> ResourceTypes.DEPLOYMENT;
            case "ReplicaSet" -> ResourceTypes.REPLICA_SET;
            case "StatefulSet" -> ResourceTypes.STATEFUL_SET;
            case "ReplicationController" -> ResourceTypes.REPLICATION_CONTROLLER;
            default -> null;
        };
        return type != null && type.group().equals(group) ? Optional.of(type) : Optional.empty();
    }

    /** {@return the scale of an object as it is} */
    static Target of(Resource owner) {
        return switch (owner) {
            case Deployment it ->
                of(
                        it,
                        it.spec().replicas(),
                        it.status().replicas(),
                        Selector.of(it.spec().selector()));
            case ReplicaSet it ->
                of(
                        it,
                        it.spec().replicas(),
                        it.status().replicas(),
                        Selector.of(it.spec().selector()));
            case StatefulSet it ->
                of(
                        it,
                        it.spec().replicas(),
                        it.status().replicas(),
                        Selector.of(it.spec().selector()));
            case ReplicationController it ->
                of(
                        it,
                        it.spec().replicas(),
                        it.status().replicas(),
                        Selector.ofLabels(it.spec().selector()));
            default -> throw new IllegalArgumentException(owner.resourceType() + " can not be scaled");
        };
    }

    private static Target of(Resource owner, @Nullable Integer wanted, int present, Selector selector) {
        return new Target(owner.resourceType(), owner.key(), wanted == null ? 1 : wanted, present, selector);
    }

    /** Sets the number of replicas. */
    void scale(ObjectStore store, WriteRequest request, int replicas) {
        WriteRequest scaling = request.on(WriteRequest.Subresource.SCALE);
        switch (type.kind()) {
            case "Deployment" ->
                store.edit(
                        ResourceTypes.DEPLOYMENT,
                        key,
                        scaling,
                        it -> DeploymentBuilder.builder(it)
                                .spec(DeploymentSpecBuilder.builder(it.spec())
                                        .replicas(replicas)
                                        .build())
                                .build());
            case "ReplicaSet" ->
                store.edit(
                        ResourceTypes.REPLICA_SET,
                        key,
                        scaling,
                        it -> ReplicaSetBuilder.builder(it)
                                .spec(ReplicaSetSpecBuilder.builder(it.spec())
                                        .replicas(replicas)
                                        .build())
                                .build());
            case "StatefulSet" ->
                store.edit(
                        ResourceTypes.STATEFUL_SET,
                        key,
                        scaling,
                        it -> StatefulSetBuilder.builder(it)
                                .spec(StatefulSetSpecBuilder.builder(it.spec())
                                        .replicas(replicas)
                                        .build())
                                .build());
            default ->
                store.edit(
                        ResourceTypes.REPLICATION_CONTROLLER,
                        key,
                        scaling,
                        it -> ReplicationControllerBuilder.builder(it)
                                .spec(ReplicationControllerSpecBuilder.builder(it.spec())
                                        .replicas(replicas)
                                        .build())
                                .build());
        }
    }
}
