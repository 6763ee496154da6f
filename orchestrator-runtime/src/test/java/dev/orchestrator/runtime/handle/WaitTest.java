package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.AwaitException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentConditionBuilder;
import dev.orchestrator.api.model.apps.DeploymentStatusBuilder;
import dev.orchestrator.api.model.core.ContainerStateBuilder;
import dev.orchestrator.api.model.core.ContainerStateTerminatedBuilder;
import dev.orchestrator.api.model.core.ContainerStateWaiting;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.ContainerStatusBuilder;
import dev.orchestrator.api.model.core.EventBuilder;
import dev.orchestrator.api.model.core.ObjectReferenceBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.store.WriteRequest;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.configMap;
import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WaitTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Handles handles = new Handles();

    private Pod storedPod() {
        handles.cluster.create(pod("a").container("c", "image:1"));
        return handles.cluster.pods().named("a").get();
    }

    private static Pod with(Pod pod, PodStatusBuilder status) {
        return PodBuilder.builder(pod).status(status.build()).build();
    }

    private static PodStatusBuilder ready(String status) {
        return PodStatusBuilder.builder()
                .phase("Running")
                .conditions(List.of(PodConditionBuilder.builder()
                        .type("Ready")
                        .status(status)
                        .reason("ContainersNotReady")
                        .message("containers with unready status: [c]")
                        .build()));
    }

    private static Thread later(Runnable action) {
        return Thread.ofVirtual().start(action);
    }

    @Test
    void returnsAtOnceWhenItIsSoAlready() throws InterruptedException {
        handles.status(with(storedPod(), ready("True")));

        handles.cluster.pods().named("a").awaitReady(Duration.ZERO);
        handles.cluster.pods().named("a").awaitCondition("Ready", Duration.ZERO);
        handles.cluster.pods().named("gone").awaitDeleted(Duration.ZERO);
    }

    @Test
    void isWokenByTheChange() throws InterruptedException {
        Pod pod = storedPod();
        Thread change = later(() -> handles.status(with(pod, ready("True"))));

        handles.cluster.pods().named("a").awaitReady(LONG);

        change.join();
        assertThat(handles.cluster.pods().named("a").get().isReady()).isTrue();
    }

    @Test
    void waitsForAnObjectThatDoesNotExistYet() throws InterruptedException {
        Thread change = later(() -> handles.cluster.create(configMap("m").data("a", "1")));

        var map = handles.cluster
                .configMaps()
                .named("m")
                .await("for a", it -> it.data().containsKey("a"), LONG);

        change.join();
        assertThat(map.data()).containsEntry("a", "1");
    }

    @Test
    void waitsUntilAnObjectIsGone() throws InterruptedException {
        handles.cluster.create(configMap("m"));
        Thread change = later(() -> handles.cluster.configMaps().named("m").delete());

        handles.cluster.configMaps().named("m").awaitDeleted(LONG);

        change.join();
        assertThat(handles.cluster.configMaps().named("m").exists()).isFalse();
    }

    @Test
    void explainsWhyAPodIsNotReady() {
        Pod pod = storedPod();
        ContainerStatus status = ContainerStatusBuilder.builder()
                .name("c")
                .restartCount(3)
                .state(ContainerStateBuilder.builder()
                        .waiting(new ContainerStateWaiting("back-off 40s restarting", "CrashLoopBackOff"))
                        .build())
                .lastState(ContainerStateBuilder.builder()
                        .terminated(ContainerStateTerminatedBuilder.builder()
                                .exitCode(7)
                                .reason("Error")
                                .build())
                        .build())
                .build();
        handles.status(with(pod, ready("False").containerStatuses(List.of(status))));
        handles.containers.write("c", "starting", "no database");
        handles.store.create(
                EventBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name("e")
                                .namespace("default")
                                .build())
                        .involvedObject(ObjectReferenceBuilder.builder()
                                .uid(pod.metadata().uid())
                                .build())
                        .type("Warning")
                        .reason("Unhealthy")
                        .message("Readiness probe failed: connection refused")
                        .count(4)
                        .lastTimestamp(handles.clock.instant())
                        .build(),
                WriteRequest.by("test"));

        assertThatThrownBy(() -> handles.cluster.pods().named("a").awaitReady(SHORT))
                .isInstanceOfSatisfying(
                        AwaitException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(AwaitException.Reason.TIMEOUT))
                .hasMessage("""
                        pod default/a: waited to be ready: timed out after 20ms
                          phase: Running, no node yet
                          condition Ready=False ContainersNotReady: containers with unready status: [c]
                          container c: waiting (CrashLoopBackOff): back-off 40s restarting, ready: false, restarts: 3
                            before: ended with exit code 7 (Error)
                            last log lines:
                              starting
                              no database
                          events:
                            0s ago Warning Unhealthy: Readiness probe failed: connection refused (x4)""");
    }

    @Test
    void failsAtOnceWhenAPodHasEnded() {
        handles.status(with(storedPod(), PodStatusBuilder.builder().phase("Failed")));

        assertThatThrownBy(() -> handles.cluster.pods().named("a").awaitReady(LONG))
                .isInstanceOfSatisfying(
                        AwaitException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(AwaitException.Reason.IMPOSSIBLE))
                .hasMessageContaining("pod default/a has ended: phase Failed");
    }

    @Test
    void failsAtOnceWhenAnImageNameIsInvalid() {
        ContainerStatus status = ContainerStatusBuilder.builder()
                .name("c")
                .image("::")
                .state(ContainerStateBuilder.builder()
                        .waiting(new ContainerStateWaiting("couldn't parse image name", "InvalidImageName"))
                        .build())
                .build();
        handles.status(with(storedPod(), ready("False").containerStatuses(List.of(status))));

        assertThatThrownBy(() -> handles.cluster.pods().named("a").awaitReady(LONG))
                .hasMessageContaining("container c of pod default/a has an invalid image name: ::");
    }

    @Test
    void failsAtOnceWhenTheObjectIsDeleted() throws InterruptedException {
        storedPod();
        Thread change = later(() -> handles.cluster.pods().named("a").delete());

        assertThatThrownBy(() -> handles.cluster
                        .pods()
                        .named("a")
                        .await("to be blue", pod -> pod.metadata().labels().equals(Map.of("c", "blue")), LONG))
                .isInstanceOf(AwaitException.class)
                .satisfiesAnyOf(
                        failure -> assertThat(failure).hasMessageContaining("it has been deleted"),
                        failure -> assertThat(failure).hasMessageContaining("timed out"));
        change.join();
    }

    @Test
    void failsARolloutAtItsProgressDeadline() {
        handles.cluster.create(deployment("d").container("c", "x"));
        var deployment = handles.store.get(ResourceTypes.DEPLOYMENT, new ObjectKey("default", "d"));
        handles.status(DeploymentBuilder.builder(deployment)
                .status(DeploymentStatusBuilder.builder()
                        .observedGeneration(deployment.metadata().generation())
                        .conditions(List.of(DeploymentConditionBuilder.builder()
                                .type("Progressing")
                                .status("False")
                                .reason("ProgressDeadlineExceeded")
                                .message("ReplicaSet \"d-1\" has timed out progressing.")
                                .build()))
                        .build())
                .build());

        assertThatThrownBy(() -> handles.cluster.deployments().named("d").awaitRollout(LONG))
                .isInstanceOf(AwaitException.class)
                .hasMessageStartingWith("deployment default/d: waited for its rollout: deployment \"d\" exceeded its"
                        + " progress deadline: ReplicaSet \"d-1\" has timed out progressing.");
    }
}
