package dev.orchestrator.runtime.controller;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.ReplicationControllerBuilder;
import dev.orchestrator.api.model.core.ReplicationControllerSpecBuilder;
import dev.orchestrator.api.model.meta.LabelSelectorBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.controller.ControlPlane.LABELS;
import static dev.orchestrator.runtime.controller.ControlPlane.template;
import static org.assertj.core.api.Assertions.assertThat;

class ReplicaSetsTest {

    private final ControlPlane cluster = new ControlPlane();

    @AfterEach
    void close() {
        cluster.close();
    }

    private static ReplicaSet web(int replicas) {
        return ReplicaSetBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("web")
                        .namespace("default")
                        .build())
                .spec(ReplicaSetSpecBuilder.builder()
                        .replicas(replicas)
                        .selector(LabelSelectorBuilder.builder()
                                .matchLabels(LABELS)
                                .build())
                        .template(template("app:1"))
                        .build())
                .build();
    }

    private ReplicaSet stored() {
        return cluster.store.get(ResourceTypes.REPLICA_SET, new ObjectKey("default", "web"));
    }

    private void scale(int replicas) throws InterruptedException {
        cluster.edit(
                ResourceTypes.REPLICA_SET,
                "web",
                set -> ReplicaSetBuilder.builder(set)
                        .spec(ReplicaSetSpecBuilder.builder(set.spec())
                                .replicas(replicas)
                                .build())
                        .build());
        cluster.settle();
    }

    private static Pod orphan(String name) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .namespace("default")
                        .labels(LABELS)
                        .build())
                .spec(template("app:1").spec())
                .build();
    }

    @Test
    void ownsThePodsItCreates() throws InterruptedException {
        cluster.create(web(2));
        cluster.settle();

        assertThat(cluster.pods()).hasSize(2).allSatisfy(pod -> {
            var owner = pod.metadata().controller().orElseThrow();
            assertThat(owner.apiVersion()).isEqualTo("apps/v1");
            assertThat(owner.kind()).isEqualTo("ReplicaSet");
            assertThat(owner.uid()).isEqualTo(stored().metadata().uid());
            assertThat(owner.blockOwnerDeletion()).isTrue();
        });
        assertThat(stored().status().replicas()).isEqualTo(2);
        assertThat(stored().status().fullyLabeledReplicas()).isEqualTo(2);
        assertThat(stored().isObserved()).isTrue();
    }

    @Test
    void countsPodsThatBecomeReadyAndCeaseToBe() throws InterruptedException {
        cluster.create(web(3));
        cluster.settle();
        cluster.allReady();
        assertThat(stored().status().readyReplicas()).isEqualTo(3);

        cluster.ready(cluster.pods().getFirst(), false);
        cluster.settle();

        assertThat(stored().status().readyReplicas()).isEqualTo(2);
        assertThat(stored().status().availableReplicas()).isEqualTo(2);
        assertThat(stored().status().replicas()).isEqualTo(3);
    }

    @Test
    void replacesPodsThatFailOrAreDeleted() throws InterruptedException {
        cluster.create(web(3));
        cluster.settle();
        cluster.allReady();
        List<Pod> before = cluster.pods();

        cluster.end(before.get(0), "Failed");
        cluster.delete(before.get(1));
        cluster.settle();

        assertThat(cluster.pods().stream().filter(Pod::isActive)).hasSize(3);
        assertThat(stored().status().replicas()).isEqualTo(3);
        assertThat(stored().status().readyReplicas()).isEqualTo(1);
    }

    @Test
    void countsPodsThatAreStopping() throws InterruptedException {
        cluster.create(web(2));
        cluster.settle();
        for (Pod pod : cluster.pods()) {
            cluster.bind(pod, "node");
        }
        cluster.allReady();

        scale(0);
        assertThat(stored().status().terminatingReplicas()).isEqualTo(2);
        assertThat(stored().status().replicas()).isZero();

        cluster.stopTerminating();
        assertThat(stored().status().terminatingReplicas()).isZero();
        assertThat(cluster.pods()).isEmpty();
    }

    @Test
    void deletesPodsThatAreNotReadyFirst() throws InterruptedException {
        cluster.create(web(3));
        cluster.settle();
        for (Pod pod : cluster.pods()) {
            cluster.bind(pod, "node");
        }
        cluster.allReady();
        Pod unready = cluster.pods().get(1);
        cluster.ready(unready, false);
        cluster.settle();

        scale(2);

        assertThat(cluster.pods().stream().filter(pod -> pod.metadata().isTerminating()))
                .extracting(Pod::key)
                .containsExactly(unready.key());
        assertThat(cluster.events)
                .contains("SuccessfulDelete: Deleted pod: " + unready.metadata().nameOrEmpty());
    }

    @Test
    void adoptsOrphansAndCreatesOnlyTheRest() throws InterruptedException {
        cluster.create(orphan("first"));
        cluster.create(web(2));
        cluster.settle();

        assertThat(cluster.pods())
                .hasSize(2)
                .allMatch(pod -> pod.metadata().controller().isPresent());
        assertThat(cluster.pods()).anyMatch(pod -> "first".equals(pod.metadata().name()));
    }

    @Test
    void adoptsAnOrphanThatComesLaterAndDeletesTheSurplus() throws InterruptedException {
        cluster.create(web(2));
        cluster.settle();

        cluster.create(orphan("late"));
        cluster.settle();

        assertThat(cluster.pods()).hasSize(2);
        assertThat(stored().status().replicas()).isEqualTo(2);
    }

    @Test
    void letsGoOfAPodWhoseLabelsNoLongerMatchAndReplacesIt() throws InterruptedException {
        cluster.create(web(2));
        cluster.settle();
        Pod stranger = cluster.pods().getFirst();

        cluster.edit(
                ResourceTypes.POD,
                stranger.metadata().nameOrEmpty(),
                pod -> pod.withMetadata(ObjectMetaBuilder.builder(pod.metadata())
                        .labels(Map.of("app", "quarantine"))
                        .build()));
        cluster.settle();

        assertThat(cluster.pods()).hasSize(3);
        assertThat(cluster.store
                        .get(ResourceTypes.POD, stranger.key())
                        .metadata()
                        .controller())
                .isEmpty();
    }

    @Test
    void leavesItsPodsToTheGarbageCollector() throws InterruptedException {
        cluster.create(web(2));
        cluster.settle();

        cluster.delete(stored());
        cluster.settle();

        assertThat(cluster.pods()).hasSize(2);
    }

    @Test
    void triesAgainWithGrowingDelayWhenPodsAreRefused() throws InterruptedException {
        cluster.limitPods(0);
        cluster.create(web(1));
        cluster.settle();
        assertThat(stored().condition("ReplicaFailure").orElseThrow().reason()).isEqualTo("FailedCreate");
        assertThat(stored().status().observedGeneration()).isEqualTo(1);

        cluster.limitPods(1);
        cluster.advance(Duration.ofMinutes(20));

        assertThat(cluster.pods()).hasSize(1);
        assertThat(stored().condition("ReplicaFailure")).isEmpty();
    }

    @Test
    void worksForReplicationControllersToo() throws InterruptedException {
        cluster.create(ReplicationControllerBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("old")
                        .namespace("default")
                        .build())
                .spec(ReplicationControllerSpecBuilder.builder()
                        .replicas(2)
                        .selector(LABELS)
                        .template(template("app:1"))
                        .build())
                .build());
        cluster.settle();
        cluster.allReady();

        var old = cluster.store.get(ResourceTypes.REPLICATION_CONTROLLER, new ObjectKey("default", "old"));
        assertThat(old.status().replicas()).isEqualTo(2);
        assertThat(old.status().readyReplicas()).isEqualTo(2);
        assertThat(old.isAvailable()).isTrue();
        assertThat(cluster.pods())
                .allMatch(
                        pod -> pod.metadata().controller().orElseThrow().kind().equals("ReplicationController"));
    }
}
