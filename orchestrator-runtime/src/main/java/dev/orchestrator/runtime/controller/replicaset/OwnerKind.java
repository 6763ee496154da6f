package dev.orchestrator.runtime.controller.replicaset;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetCondition;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetStatus;
import dev.orchestrator.api.model.apps.ReplicaSetStatusBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.core.ReplicationControllerBuilder;
import dev.orchestrator.api.model.core.ReplicationControllerCondition;
import dev.orchestrator.api.model.core.ReplicationControllerStatusBuilder;
import dev.orchestrator.api.model.meta.LabelSelectorBuilder;

import static java.util.Objects.requireNonNullElse;

/**
 * A kind of object that keeps a number of equal pods. All kinds are handled as replica sets, which they are in
 * everything but the form of their fields.
 *
 * @param <R> the kind
 */
interface OwnerKind<R extends Resource> {

    /** {@return the kind} */
    ResourceType<R> type();

    /** {@return who writes and reports on behalf of this kind} */
    String component();

    /** {@return the object as a replica set: the same metadata, spec and status} */
    ReplicaSet view(R object);

    /** {@return the object with a replica set's status} */
    R withStatus(R object, ReplicaSetStatus status);

    /** Replica sets. */
    OwnerKind<ReplicaSet> REPLICA_SETS = new OwnerKind<>() {
        @Override
        public ResourceType<ReplicaSet> type() {
            return ResourceTypes.REPLICA_SET;
        }

        @Override
        public String component() {
            return "replicaset-controller";
        }

        @Override
        public ReplicaSet view(ReplicaSet object) {
            return object;
        }

        @Override
        public ReplicaSet withStatus(ReplicaSet object, ReplicaSetStatus status) {
            return ReplicaSetBuilder.builder(object).status(status).build();
        }
    };

    /** Replication controllers. */
    OwnerKind<ReplicationController> REPLICATION_CONTROLLERS = new OwnerKind<>() {
        @Override
        public ResourceType<ReplicationController> type() {
            return ResourceTypes.REPLICATION_CONTROLLER;
        }

        @Override
        public String component() {
            return "replication-controller";
        }

        @Override
        public ReplicaSet view(ReplicationController object) {
            var spec = object.spec();
            var status = object.status();
            PodTemplateSpec template = spec.template();
            return ReplicaSetBuilder.builder()
                    .metadata(object.metadata())
                    .spec(ReplicaSetSpecBuilder.builder()
                            .replicas(spec.replicas())
                            .minReadySeconds(spec.minReadySeconds())
                            .selector(LabelSelectorBuilder.builder()
                                    .matchLabels(spec.selector())
                                    .build())
                            .template(requireNonNullElse(template, PodTemplateSpec.EMPTY))
                            .build())
                    .status(ReplicaSetStatusBuilder.builder()
                            .replicas(status.replicas())
                            .fullyLabeledReplicas(status.fullyLabeledReplicas())
                            .readyReplicas(status.readyReplicas())
                            .availableReplicas(status.availableReplicas())
                            .observedGeneration(status.observedGeneration())
                            .conditions(status.conditions().stream()
                                    .map(condition -> new ReplicaSetCondition(
                                            condition.lastTransitionTime(),
                                            condition.message(),
                                            condition.reason(),
                                            condition.status(),
                                            condition.type()))
                                    .toList())
                            .build())
                    .build();
        }

        @Override
        public ReplicationController withStatus(ReplicationController object, ReplicaSetStatus status) {
            return ReplicationControllerBuilder.builder(object)
                    .status(ReplicationControllerStatusBuilder.builder()
                            .replicas(status.replicas())
                            .fullyLabeledReplicas(status.fullyLabeledReplicas())
                            .readyReplicas(status.readyReplicas())
                            .availableReplicas(status.availableReplicas())
                            .observedGeneration(status.observedGeneration())
                            .conditions(status.conditions().stream()
                                    .map(condition -> new ReplicationControllerCondition(
                                            condition.lastTransitionTime(),
                                            condition.message(),
                                            condition.reason(),
                                            condition.status(),
                                            condition.type()))
                                    .toList())
                            .build())
                    .build();
        }
    };
}
