package dev.orchestrator.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.orchestrator.api.DeploymentHandle;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.apps.DeploymentStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.memory.ContainerScript;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static org.assertj.core.api.Assertions.assertThat;

/** A rollout with everything real but the containers and the time: store, loops, scheduler, kubelet. */
class RolloutStoryIT {

    private static final Duration START = Duration.ofSeconds(5);
    private static final Duration MIN_READY = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration INSTANT = Duration.ofMillis(1);

    private final ManualClock clock = new ManualClock();
    private Orchestrator cluster;
    private DeploymentHandle web;

    @BeforeEach
    void start() throws Exception {
        var driver = new InMemoryDriver()
                .image("web:1", ContainerScript.runs().startDelay(START))
                .image("web:2", ContainerScript.runs().startDelay(START))
                .missingImage("web:3");
        cluster = Orchestrator.builder(driver).time(clock).start();
        cluster.apply(deployment("web")
                .replicas(3)
                .rollingUpdate("1", "0")
                .minReady(MIN_READY)
                .progressDeadline(DEADLINE)
                .container("app", c -> c.image("web:1")));
        web = cluster.deployments().named("web");
        clock.advance(START.plus(MIN_READY));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private DeploymentStatus status() {
        return web.get().status();
    }

    private String progress() {
        return web.get()
                .condition("Progressing")
                .map(condition -> condition.status() + " " + condition.reason())
                .orElse("");
    }

    /** {@return the pods that run an image and are not being deleted} */
    private Set<String> running(String image) {
        return cluster.pods().list().stream()
                .filter(Pod::isActive)
                .filter(pod -> image.equals(pod.spec().containers().getFirst().image()))
                .map(pod -> pod.metadata().nameOrEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void podsCountOnlyOnceTheyHaveBeenReadyForLongEnough() throws Exception {
        web.scale(4);
        clock.advance(START);
        assertThat(status().readyReplicas()).isEqualTo(4);

        clock.advance(MIN_READY.minus(INSTANT));
        assertThat(status().availableReplicas()).isEqualTo(3);
        clock.advance(INSTANT);

        assertThat(status().availableReplicas()).isEqualTo(4);
        assertThat(progress()).isEqualTo("True NewReplicaSetAvailable");
    }

    @Test
    void anOldPodGoesWhenANewOneIsAvailableAndNotBefore() throws Exception {
        web.setImage("app", "web:2");
        clock.settle();

        for (int replaced = 0; replaced < 3; replaced++) {
            assertThat(running("web:1")).as("old ones").hasSize(3 - replaced);
            assertThat(running("web:2")).as("new ones").hasSize(replaced + 1);
            clock.advance(START.plus(MIN_READY).minus(INSTANT));
            assertThat(running("web:1")).as("old ones, still needed").hasSize(3 - replaced);
            assertThat(status().availableReplicas()).isEqualTo(3);
            clock.advance(INSTANT);
        }

        assertThat(running("web:1")).isEmpty();
        assertThat(running("web:2")).hasSize(3);
        assertThat(status().updatedReplicas()).isEqualTo(3);
        assertThat(progress()).isEqualTo("True NewReplicaSetAvailable");
        assertThat(web.events()).extracting(event -> event.reason()).containsOnly("ScalingReplicaSet");
    }

    @Test
    void aRolloutThatGetsStuckIsReportedAtItsDeadlineAndUndone() throws Exception {
        Set<String> before = running("web:1");
        web.setImage("app", "web:3");
        clock.settle();
        assertThat(running("web:3")).as("no more than the surge").hasSize(1);
        assertThat(progress()).isEqualTo("True ReplicaSetUpdated");

        clock.advance(DEADLINE.minus(INSTANT));
        assertThat(progress()).isEqualTo("True ReplicaSetUpdated");
        // Whether the deadline has passed is looked at a second later, as Kubernetes does.
        clock.advance(INSTANT.plusSeconds(1));

        String stuck = cluster.replicaSets().list().stream()
                .filter(set -> set.desiredReplicas() == 1)
                .map(set -> set.metadata().nameOrEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(progress()).isEqualTo("False ProgressDeadlineExceeded");
        assertThat(web.get().condition("Progressing").orElseThrow().message())
                .isEqualTo("ReplicaSet \"" + stuck + "\" has timed out progressing.");
        assertThat(web.get().isAvailable()).isTrue();
        assertThat(status().availableReplicas()).isEqualTo(3);
        assertThat(running("web:1")).isEqualTo(before);

        web.undoRollout();
        clock.settle();

        assertThat(running("web:3")).isEmpty();
        assertThat(running("web:1")).as("nobody was replaced").isEqualTo(before);
        assertThat(progress()).isEqualTo("True NewReplicaSetAvailable");
        assertThat(web.rolloutHistory())
                .extracting(revision -> revision.number())
                .isEqualTo(List.of(2L, 3L));
    }

    @Test
    void anUndoRollsBackStepByStepAsWell() throws Exception {
        web.setImage("app", "web:2");
        clock.advance(START.plus(MIN_READY).multipliedBy(3));
        assertThat(running("web:2")).hasSize(3);

        web.undoRollout();
        clock.settle();
        assertThat(running("web:2")).hasSize(3);
        assertThat(running("web:1")).hasSize(1);
        clock.advance(START.plus(MIN_READY).multipliedBy(3));

        assertThat(running("web:1")).hasSize(3);
        assertThat(running("web:2")).isEmpty();
        assertThat(cluster.replicaSets().list())
                .as("the replica set of the first revision is used again")
                .hasSize(2);
        assertThat(web.get().metadata().annotations()).containsEntry("deployment.kubernetes.io/revision", "3");
    }
}
