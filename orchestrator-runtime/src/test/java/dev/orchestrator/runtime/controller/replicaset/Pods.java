package dev.orchestrator.runtime.controller.replicaset;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.core.ContainerStatusBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpecBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

/** Pods of the plan tests, told apart by name and by what makes one more useful than another. */
final class Pods {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Map<String, String> LABELS = Map.of("app", "web");

    private final ObjectMetaBuilder metadata;
    private final PodStatusBuilder status = PodStatusBuilder.builder().phase("Running");
    private String node = "node";

    private Pods(String name) {
        metadata = ObjectMetaBuilder.builder()
                .name(name)
                .uid("uid-" + name)
                .labels(LABELS)
                .creationTimestamp(NOW.minusSeconds(3600));
    }

    /** A running pod on {@code node}, an hour old. */
    static Pods pod(String name) {
        return new Pods(name);
    }

    static Pod ready(String name) {
        return pod(name).readyFor(Duration.ofHours(1)).build();
    }

    static ReplicaSet set(int replicas, int minReadySeconds) {
        return ReplicaSetBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("web").generation(3).build())
                .spec(ReplicaSetSpecBuilder.builder()
                        .replicas(replicas)
                        .minReadySeconds(minReadySeconds)
                        .template(PodTemplateSpecBuilder.builder()
                                .metadata(ObjectMetaBuilder.builder()
                                        .labels(LABELS)
                                        .build())
                                .build())
                        .build())
                .build();
    }

    Pods on(String name) {
        node = name;
        return this;
    }

    Pods unassigned() {
        node = "";
        return phase("Pending");
    }

    Pods phase(String phase) {
        status.phase(phase);
        return this;
    }

    Pods readyFor(Duration age) {
        status.conditions(List.of(PodConditionBuilder.builder()
                .type("Ready")
                .status("True")
                .lastTransitionTime(NOW.minus(age))
                .build()));
        return this;
    }

    Pods restarts(int count) {
        status.containerStatuses(
                List.of(ContainerStatusBuilder.builder().restartCount(count).build()));
        return this;
    }

    Pods cost(String cost) {
        metadata.annotations(Map.of(DeletionOrder.DELETION_COST, cost));
        return this;
    }

    Pods age(Duration age) {
        metadata.creationTimestamp(NOW.minus(age));
        return this;
    }

    Pods labels(Map<String, String> labels) {
        metadata.labels(labels);
        return this;
    }

    Pods terminating() {
        metadata.deletionTimestamp(NOW);
        return this;
    }

    Pod build() {
        return PodBuilder.builder()
                .metadata(metadata.build())
                .spec(PodSpecBuilder.builder()
                        .nodeName(node.isEmpty() ? null : node)
                        .build())
                .status(status.build())
                .build();
    }
}
