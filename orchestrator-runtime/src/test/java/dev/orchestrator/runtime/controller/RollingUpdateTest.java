package dev.orchestrator.runtime.controller;

import java.time.Duration;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.apps.DeploymentStrategy;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.Pod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.controller.ControlPlane.deployment;
import static dev.orchestrator.runtime.controller.ControlPlane.template;
import static org.assertj.core.api.Assertions.assertThat;

class RollingUpdateTest {

    private final ControlPlane cluster = new ControlPlane();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void createsAReplicaSetAndItsPods() throws InterruptedException {
        cluster.create(deployment(3, 1, 0));
        cluster.settle();

        ReplicaSet set = cluster.set("app:1");
        String name = set.metadata().nameOrEmpty();
        assertThat(name).startsWith("web-");
        assertThat(set.metadata().annotations())
                .containsEntry("deployment.kubernetes.io/revision", "1")
                .containsEntry("deployment.kubernetes.io/desired-replicas", "3")
                .containsEntry("deployment.kubernetes.io/max-replicas", "4");
        assertThat(cluster.web().metadata().annotations()).containsEntry("deployment.kubernetes.io/revision", "1");
        assertThat(cluster.pods()).hasSize(3).allSatisfy(pod -> {
            assertThat(pod.metadata().nameOrEmpty()).startsWith(name + "-");
            assertThat(pod.metadata().labels()).containsKeys("app", "pod-template-hash");
        });
        assertThat(cluster.progress()).isEqualTo("True ReplicaSetUpdated ReplicaSet \"" + name + "\" is progressing.");
        assertThat(cluster.events)
                .contains("ScalingReplicaSet: Scaled up replica set " + name + " from 0 to 3")
                .filteredOn(event -> event.startsWith("SuccessfulCreate: Created pod: " + name + "-"))
                .hasSize(3);
        assertThat(cluster.web().isAvailable()).isFalse();
        assertThat(cluster.web().status().unavailableReplicas()).isEqualTo(3);
    }

    @Test
    void isCompleteWhenAllPodsAreReady() throws InterruptedException {
        cluster.create(deployment(3, 1, 0));
        cluster.finishRollout();

        assertThat(cluster.web().isComplete()).isTrue();
        assertThat(cluster.web().isAvailable()).isTrue();
        assertThat(cluster.web().condition("Available").orElseThrow().reason()).isEqualTo("MinimumReplicasAvailable");
        assertThat(cluster.progress())
                .isEqualTo("True NewReplicaSetAvailable ReplicaSet \""
                        + cluster.set("app:1").metadata().nameOrEmpty() + "\" has successfully progressed.");
        assertThat(cluster.set("app:1").status().terminatingReplicas()).isZero();
    }

    @Test
    void replacesPodsStepByStep() throws InterruptedException {
        cluster.create(deployment(10, 3, 2));
        cluster.finishRollout();

        cluster.editSpec(spec -> spec.template(template("app:2")));
        cluster.settle();
        assertThat(cluster.set("app:1").desiredReplicas()).isEqualTo(8);
        assertThat(cluster.set("app:2").desiredReplicas()).isEqualTo(5);

        cluster.finishRollout();
        assertThat(cluster.web().isComplete()).isTrue();
        assertThat(cluster.pods("app:1")).isEmpty();
        assertThat(cluster.set("app:1").desiredReplicas()).isZero();
        assertThat(cluster.web().metadata().annotations()).containsEntry("deployment.kubernetes.io/revision", "2");
    }

    @Test
    void goesBackToAnEarlierVersionAndKeepsItsHistory() throws InterruptedException {
        cluster.create(deployment(2, 1, 0));
        cluster.finishRollout();
        cluster.editSpec(spec -> spec.template(template("app:2")));
        cluster.finishRollout();

        cluster.editSpec(spec -> spec.template(template("app:1")));
        cluster.finishRollout();

        assertThat(cluster.store.list(ResourceTypes.REPLICA_SET)).hasSize(2);
        assertThat(cluster.set("app:1").metadata().annotations())
                .containsEntry("deployment.kubernetes.io/revision", "3")
                .containsEntry("deployment.kubernetes.io/revision-history", "1");
        assertThat(cluster.web().isComplete()).isTrue();
    }

    @Test
    void sharesANewNumberOutInTheMiddleOfARollout() throws InterruptedException {
        cluster.create(deployment(10, 3, 2));
        cluster.finishRollout();
        cluster.editSpec(spec -> spec.template(template("app:2")));
        cluster.settle();

        cluster.editSpec(spec -> spec.replicas(15));
        cluster.settle();

        assertThat(cluster.set("app:1").desiredReplicas()).isEqualTo(11);
        assertThat(cluster.set("app:2").desiredReplicas()).isEqualTo(7);
    }

    @Test
    void timesOutWhenNothingProgresses() throws InterruptedException {
        cluster.create(deployment(1, 1, 0));
        cluster.settle();

        cluster.advance(Duration.ofSeconds(599));
        assertThat(cluster.progress()).startsWith("True ReplicaSetUpdated");
        cluster.advance(Duration.ofSeconds(2));

        assertThat(cluster.progress())
                .isEqualTo("False ProgressDeadlineExceeded ReplicaSet \""
                        + cluster.set("app:1").metadata().nameOrEmpty() + "\" has timed out progressing.");
        assertThat(cluster.web().hasTimedOut()).isTrue();

        cluster.allReady();
        assertThat(cluster.progress()).startsWith("True NewReplicaSetAvailable");
    }

    @Test
    void doesNotRollWhilePaused() throws InterruptedException {
        cluster.create(deployment(2, 1, 0));
        cluster.finishRollout();

        cluster.editSpec(spec -> spec.paused(true));
        cluster.settle();
        assertThat(cluster.progress()).isEqualTo("Unknown DeploymentPaused Deployment is paused");
        cluster.editSpec(spec -> spec.template(template("app:2")).replicas(4));
        cluster.settle();
        assertThat(cluster.pods("app:1")).hasSize(4);
        assertThat(cluster.pods("app:2")).isEmpty();
        cluster.advance(Duration.ofHours(1));
        assertThat(cluster.progress()).startsWith("Unknown DeploymentPaused");

        cluster.editSpec(spec -> spec.paused(false));
        cluster.settle();
        cluster.finishRollout();
        assertThat(cluster.pods("app:2")).hasSize(4);
        assertThat(cluster.web().isComplete()).isTrue();
    }

    @Test
    void waitsUntilPodsHaveBeenReadyForLongEnough() throws InterruptedException {
        var web = deployment(2, 1, 0);
        cluster.create(DeploymentBuilder.builder(web)
                .spec(DeploymentSpecBuilder.builder(web.spec())
                        .minReadySeconds(30)
                        .build())
                .build());
        cluster.settle();
        cluster.allReady();
        assertThat(cluster.web().status().readyReplicas()).isEqualTo(2);
        assertThat(cluster.web().status().availableReplicas()).isZero();

        cluster.advance(Duration.ofSeconds(30));

        assertThat(cluster.web().status().availableReplicas()).isEqualTo(2);
        assertThat(cluster.web().isComplete()).isTrue();
    }

    @Test
    void recreatesOnlyWhenTheOldPodsAreGone() throws InterruptedException {
        var web = deployment(2, 1, 0);
        cluster.create(DeploymentBuilder.builder(web)
                .spec(DeploymentSpecBuilder.builder(web.spec())
                        .strategy(new DeploymentStrategy(null, "Recreate"))
                        .build())
                .build());
        cluster.settle();
        for (Pod pod : cluster.pods()) {
            cluster.bind(pod, "node");
        }
        cluster.finishRollout();

        cluster.editSpec(spec -> spec.template(template("app:2")));
        cluster.settle();
        assertThat(cluster.pods()).hasSize(2).allMatch(pod -> pod.metadata().isTerminating());
        assertThat(cluster.web().status().terminatingReplicas()).isEqualTo(2);

        cluster.stopTerminating();
        cluster.finishRollout();
        assertThat(cluster.pods("app:1")).isEmpty();
        assertThat(cluster.pods("app:2")).hasSize(2);
        assertThat(cluster.web().isComplete()).isTrue();
    }

    @Test
    void keepsNoMoreOldVersionsThanAsked() throws InterruptedException {
        cluster.create(deployment(1, 1, 0));
        cluster.editSpec(spec -> spec.revisionHistoryLimit(2));
        for (int version = 2; version <= 6; version++) {
            cluster.finishRollout();
            int next = version;
            cluster.editSpec(spec -> spec.template(template("app:" + next)));
        }
        cluster.finishRollout();

        assertThat(cluster.store.list(ResourceTypes.REPLICA_SET))
                .extracting(set -> set.revision().orElse(0))
                .containsExactlyInAnyOrder(4L, 5L, 6L);
    }

    @Test
    void takesAnotherNameWhenTheNameIsTaken() throws InterruptedException {
        cluster.create(deployment(1, 1, 0));
        cluster.finishRollout();
        ReplicaSet set = cluster.set("app:1");
        cluster.delete(cluster.web());
        cluster.settle();
        // What the garbage collector has not removed yet belongs to another deployment of that name.
        cluster.create(deployment(1, 1, 0));
        cluster.settle();
        cluster.advance(Duration.ofSeconds(1));

        assertThat(cluster.web().status().collisionCount()).isEqualTo(1);
        assertThat(cluster.store.list(ResourceTypes.REPLICA_SET))
                .hasSize(2)
                .anyMatch(other ->
                        !other.metadata().nameOrEmpty().equals(set.metadata().nameOrEmpty()));
    }

    @Test
    void reportsWhyPodsCannotBeCreated() throws InterruptedException {
        cluster.limitPods(2);
        cluster.create(deployment(3, 1, 0));
        cluster.settle();

        var failure = cluster.web().condition("ReplicaFailure").orElseThrow();
        assertThat(failure.reason()).isEqualTo("FailedCreate");
        assertThat(failure.message()).isEqualTo("exceeded quota");
        assertThat(cluster.events).contains("FailedCreate: Error creating: exceeded quota");
        assertThat(cluster.pods()).hasSize(2);

        cluster.limitPods(5);
        cluster.advance(Duration.ofMinutes(20));
        assertThat(cluster.pods()).hasSize(3);
        assertThat(cluster.web().condition("ReplicaFailure")).isEmpty();
    }
}
