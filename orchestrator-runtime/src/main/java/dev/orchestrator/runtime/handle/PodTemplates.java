package dev.orchestrator.runtime.handle;

import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.DaemonSetBuilder;
import dev.orchestrator.api.model.apps.DaemonSetSpecBuilder;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.apps.StatefulSetBuilder;
import dev.orchestrator.api.model.apps.StatefulSetSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.core.ReplicationControllerBuilder;
import dev.orchestrator.api.model.core.ReplicationControllerSpecBuilder;

import static java.util.Objects.requireNonNullElse;

/** The pod template and the number of replicas of each kind that has them. */
final class PodTemplates {

    private PodTemplates() {}

    static <R extends Resource> R template(R owner, UnaryOperator<PodTemplateSpec> change) {
        ResourceType<?> type = owner.resourceType();
        Resource changed = switch (owner) {
            case Deployment it ->
                DeploymentBuilder.builder(it)
                        .spec(DeploymentSpecBuilder.builder(it.spec())
                                .template(change.apply(it.spec().template()))
                                .build())
                        .build();
            case ReplicaSet it ->
                ReplicaSetBuilder.builder(it)
                        .spec(ReplicaSetSpecBuilder.builder(it.spec())
                                .template(change.apply(it.spec().template()))
                                .build())
                        .build();
            case StatefulSet it ->
                StatefulSetBuilder.builder(it)
                        .spec(StatefulSetSpecBuilder.builder(it.spec())
                                .template(change.apply(it.spec().template()))
                                .build())
                        .build();
            case DaemonSet it ->
                DaemonSetBuilder.builder(it)
                        .spec(DaemonSetSpecBuilder.builder(it.spec())
                                .template(change.apply(it.spec().template()))
                                .build())
                        .build();
            case ReplicationController it ->
                ReplicationControllerBuilder.builder(it)
                        .spec(ReplicationControllerSpecBuilder.builder(it.spec())
                                .template(change.apply(
                                        requireNonNullElse(it.spec().template(), PodTemplateSpec.EMPTY)))
                                .build())
                        .build();
            default -> throw new IllegalArgumentException(type + " has no pod template");
        };
        return same(owner, changed);
    }

    static <R extends Resource> R replicas(R owner, int count) {
        Resource changed = switch (owner) {
            case Deployment it ->
                DeploymentBuilder.builder(it)
                        .spec(DeploymentSpecBuilder.builder(it.spec())
                                .replicas(count)
                                .build())
                        .build();
            case ReplicaSet it ->
                ReplicaSetBuilder.builder(it)
                        .spec(ReplicaSetSpecBuilder.builder(it.spec())
                                .replicas(count)
                                .build())
                        .build();
            case StatefulSet it ->
                StatefulSetBuilder.builder(it)
                        .spec(StatefulSetSpecBuilder.builder(it.spec())
                                .replicas(count)
                                .build())
                        .build();
            case ReplicationController it ->
                ReplicationControllerBuilder.builder(it)
                        .spec(ReplicationControllerSpecBuilder.builder(it.spec())
                                .replicas(count)
                                .build())
                        .build();
            default ->
                throw ApiException.of(
                        ApiException.Reason.METHOD_NOT_ALLOWED,
                        "the server does not allow this method on the requested resource");
        };
        return same(owner, changed);
    }

    @SuppressWarnings("unchecked") // each case above gives the record it was given
    private static <R extends Resource> R same(R owner, Resource changed) {
        return (R) owner.getClass().cast(changed);
    }
}
