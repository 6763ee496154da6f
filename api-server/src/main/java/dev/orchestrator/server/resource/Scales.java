package dev.orchestrator.server.resource;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
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
import dev.orchestrator.api.model.autoscaling.Scale;
import dev.orchestrator.api.model.autoscaling.ScaleSpec;
import dev.orchestrator.api.model.autoscaling.ScaleStatus;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.core.ReplicationControllerBuilder;
import dev.orchestrator.api.model.core.ReplicationControllerSpecBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.server.http.Statuses;
import org.jspecify.annotations.Nullable;

/** The number of replicas of an object, seen apart from the rest of it. */
final class Scales {

    private Scales() {}

    /** {@return the scale of an object} */
    static Scale of(Resource owner) {
        return switch (owner) {
            case Deployment it ->
                scale(
                        it,
                        it.spec().replicas(),
                        it.status().replicas(),
                        Selector.of(it.spec().selector()));
            case ReplicaSet it ->
                scale(
                        it,
                        it.spec().replicas(),
                        it.status().replicas(),
                        Selector.of(it.spec().selector()));
            case StatefulSet it ->
                scale(
                        it,
                        it.spec().replicas(),
                        it.status().replicas(),
                        Selector.of(it.spec().selector()));
            case ReplicationController it ->
                scale(
                        it,
                        it.spec().replicas(),
                        it.status().replicas(),
                        Selector.ofLabels(it.spec().selector()));
            case CustomObject it -> CustomScales.of(it);
            default -> throw Statuses.noSuchResource();
        };
    }

    /** {@return a scale with the names and the version of its object} */
    static Scale scale(Resource owner, ScaleSpec spec, ScaleStatus status) {
        return new Scale(metadata(owner), spec, status);
    }

    private static Scale scale(Resource owner, @Nullable Integer wanted, int present, Selector selector) {
        return scale(owner, new ScaleSpec(wanted), new ScaleStatus(present, selector.toString()));
    }

    private static ObjectMeta metadata(Resource owner) {
        ObjectMeta all = owner.metadata();
        return ObjectMetaBuilder.builder()
                .name(all.name())
                .namespace(all.namespace())
                .uid(all.uid())
                .resourceVersion(all.resourceVersion())
                .creationTimestamp(all.creationTimestamp())
                .build();
    }

    /** {@return an object with the replicas that a scale asks for, on the condition the scale carries} */
    @SuppressWarnings("unchecked") // the builders give the record they were given
    static <R extends Resource> R applied(R owner, Scale scale) {
        Integer asked = scale.spec().replicas();
        int replicas = asked == null ? 0 : asked;
        Resource scaled = switch (owner) {
            case Deployment it ->
                DeploymentBuilder.builder(it)
                        .spec(DeploymentSpecBuilder.builder(it.spec())
                                .replicas(replicas)
                                .build())
                        .build();
            case ReplicaSet it ->
                ReplicaSetBuilder.builder(it)
                        .spec(ReplicaSetSpecBuilder.builder(it.spec())
                                .replicas(replicas)
                                .build())
                        .build();
            case StatefulSet it ->
                StatefulSetBuilder.builder(it)
                        .spec(StatefulSetSpecBuilder.builder(it.spec())
                                .replicas(replicas)
                                .build())
                        .build();
            case ReplicationController it ->
                ReplicationControllerBuilder.builder(it)
                        .spec(ReplicationControllerSpecBuilder.builder(it.spec())
                                .replicas(replicas)
                                .build())
                        .build();
            case CustomObject it -> CustomScales.applied(it, replicas);
            default -> throw Statuses.noSuchResource();
        };
        ObjectMeta metadata = ObjectMetaBuilder.builder(owner.metadata())
                .uid(condition(scale.metadata().uid(), owner.metadata().uid()))
                .resourceVersion(condition(
                        scale.metadata().resourceVersion(), owner.metadata().resourceVersion()))
                .build();
        return (R) scaled.withMetadata(metadata);
    }

    // What a scale does not say is no condition, but an object that carries none would be written unconditionally.
    private static @Nullable String condition(@Nullable String asked, @Nullable String stored) {
        return asked == null || asked.isEmpty() ? stored : asked;
    }
}
