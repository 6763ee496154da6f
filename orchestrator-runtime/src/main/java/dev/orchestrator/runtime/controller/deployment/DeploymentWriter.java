package dev.orchestrator.runtime.controller.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentStatus;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Carries decisions about one deployment out, and tells people about them. */
final class DeploymentWriter {

    static final String COMPONENT = "deployment-controller";

    private final ObjectStore store;
    private final EventRecorder events;
    private final WriteRequest request = WriteRequest.ofController(COMPONENT);
    private final WriteRequest statusRequest = request.on(WriteRequest.Subresource.STATUS);

    DeploymentWriter(ObjectStore store, EventRecorder events) {
        this.store = store;
        this.events = events;
    }

    WriteRequest request() {
        return request;
    }

    void tell(Deployment deployment, String type, String reason, String message) {
        events.event(deployment, type, reason, message, COMPONENT);
    }

    /** {@return the replica sets as they are stored now} */
    List<ReplicaSet> resize(Deployment deployment, List<Resize> resizes) {
        var resized = new ArrayList<ReplicaSet>(resizes.size());
        for (Resize resize : resizes) {
            ReplicaSet stored =
                    store.edit(ResourceTypes.REPLICA_SET, resize.set().key(), request, set -> {
                        requireSame(set.metadata(), resize.set().metadata());
                        return sized(deployment, set, resize.replicas());
                    });
            resized.add(stored);
            if (resize.growth() != 0) {
                tell(deployment, "Normal", "ScalingReplicaSet", scaled(resize));
            }
        }
        return resized;
    }

    private static ReplicaSet sized(Deployment deployment, ReplicaSet set, int replicas) {
        Map<String, String> annotations =
                RolloutAnnotations.sized(set.metadata().annotations(), RollingBounds.of(deployment));
        if (set.desiredReplicas() == replicas
                && annotations.equals(set.metadata().annotations())) {
            return set;
        }
        return ReplicaSetBuilder.builder(set)
                .metadata(ObjectMetaBuilder.builder(set.metadata())
                        .annotations(annotations)
                        .build())
                .spec(ReplicaSetSpecBuilder.builder(set.spec())
                        .replicas(replicas)
                        .build())
                .build();
    }

    private static String scaled(Resize resize) {
        return "Scaled " + (resize.growth() > 0 ? "up" : "down") + " replica set "
                + resize.set().metadata().nameOrEmpty() + " from "
                + resize.set().desiredReplicas() + " to " + resize.replicas();
    }

    private static void requireSame(ObjectMeta stored, ObjectMeta seen) {
        if (!stored.uidOrEmpty().equals(seen.uidOrEmpty())) {
            throw ApiException.modified(
                    ResourceTypes.REPLICA_SET, new ObjectKey(seen.namespaceOrEmpty(), seen.nameOrEmpty()));
        }
    }

    /** Notes on the replica set of the present template what the deployment says about this version. */
    ReplicaSet describe(Deployment deployment, ReplicaSet current, long revision) {
        int minReadySeconds = deployment.spec().minReadySeconds();
        return store.edit(ResourceTypes.REPLICA_SET, current.key(), request, set -> {
            requireSame(set.metadata(), current.metadata());
            Map<String, String> annotations =
                    RolloutAnnotations.current(deployment, set.metadata().annotations(), revision);
            if (set.spec().minReadySeconds() == minReadySeconds
                    && annotations.equals(set.metadata().annotations())) {
                return set;
            }
            return ReplicaSetBuilder.builder(set)
                    .metadata(ObjectMetaBuilder.builder(set.metadata())
                            .annotations(annotations)
                            .build())
                    .spec(ReplicaSetSpecBuilder.builder(set.spec())
                            .minReadySeconds(minReadySeconds)
                            .build())
                    .build();
        });
    }

    /** {@return the replica set as it is stored; empty when the namespace is going away} */
    Optional<ReplicaSet> create(Deployment deployment, ReplicaSet set) {
        try {
            ReplicaSet created = store.create(set, request);
            if (created.desiredReplicas() > 0) {
                tell(
                        deployment,
                        "Normal",
                        "ScalingReplicaSet",
                        "Scaled up replica set " + created.metadata().nameOrEmpty() + " from 0 to "
                                + created.desiredReplicas());
            }
            return Optional.of(created);
        } catch (ApiException e) {
            if (e.causes().stream().anyMatch(cause -> "NamespaceTerminating".equals(cause.reason()))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    void delete(ReplicaSet set) {
        try {
            store.delete(
                    ResourceTypes.REPLICA_SET,
                    set.key(),
                    DeleteOptionsBuilder.builder()
                            .preconditions(
                                    new Preconditions(null, set.metadata().uid()))
                            .propagationPolicy("Background")
                            .build(),
                    request);
        } catch (ApiException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Notes on the deployment which version it is at. */
    Deployment number(Deployment deployment, String revision) {
        return edit(deployment, request, stored -> {
            if (revision.equals(stored.metadata().annotations().get(RolloutAnnotations.REVISION))) {
                return stored;
            }
            var annotations = new HashMap<>(stored.metadata().annotations());
            annotations.put(RolloutAnnotations.REVISION, revision);
            return stored.withMetadata(ObjectMetaBuilder.builder(stored.metadata())
                    .annotations(annotations)
                    .build());
        });
    }

    void report(Deployment deployment, DeploymentStatus status) {
        edit(
                deployment,
                statusRequest,
                stored -> DeploymentBuilder.builder(stored).status(status).build());
    }

    /** A change of the deployment as it is stored. */
    interface Change {
        Deployment of(Deployment stored);
    }

    Deployment edit(Deployment deployment, WriteRequest part, Change change) {
        return store.edit(
                ResourceTypes.DEPLOYMENT,
                deployment.key(),
                part,
                stored -> stored.metadata()
                                .uidOrEmpty()
                                .equals(deployment.metadata().uidOrEmpty())
                        ? change.of(stored)
                        : stored);
    }
}
