package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.AwaitException;
import dev.orchestrator.api.DrainOptions;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.DaemonSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.core.EmptyDirVolumeSource;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.core.VolumeBuilder;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetSpecBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetStatusBuilder;
import dev.orchestrator.runtime.controller.disruption.DisruptionController;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.LoopManager;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DrainTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final WriteRequest TEST = WriteRequest.by("test");
    private static final DrainOptions AT_ONCE = DrainOptions.STANDARD.gracePeriod(Duration.ZERO);

    private final Handles handles = new Handles();
    private final ClusterView cluster = handles.cluster;
    private final LoopManager loops = new LoopManager(handles.store, handles.clock);

    @AfterEach
    void close() {
        loops.close();
    }

    @BeforeEach
    void oneNodeAndTheOwnersOfPods() {
        loops.connect(new DisruptionController(handles.store, handles.clock, EventRecorder.none()));
        loops.start();
        cluster.create(node("n"));
        handles.store.create(
                ReplicaSetBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name("set")
                                .namespace("default")
                                .build())
                        .spec(ReplicaSetSpecBuilder.builder().replicas(3).build())
                        .build(),
                TEST);
        handles.store.create(
                DaemonSetBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name("agent")
                                .namespace("default")
                                .build())
                        .build(),
                TEST);
    }

    private Pod pod(String name, String owner, boolean ready) {
        String uid = switch (owner) {
            case "ReplicaSet" ->
                cluster.replicaSets().named("set").get().metadata().uidOrEmpty();
            case "DaemonSet" ->
                cluster.daemonSets().named("agent").get().metadata().uidOrEmpty();
            default -> "";
        };
        var reference =
                new OwnerReference("apps/v1", null, true, owner, owner.equals("DaemonSet") ? "agent" : "set", uid);
        Pod created = handles.store.create(
                PodBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(name)
                                .namespace("default")
                                .labels(Map.of("app", "web"))
                                .ownerReferences(owner.isEmpty() ? List.of() : List.of(reference))
                                .build())
                        .spec(PodSpecBuilder.builder()
                                .nodeName("n")
                                .terminationGracePeriodSeconds(30L)
                                .build())
                        .build(),
                TEST);
        return handles.status(PodBuilder.builder(created)
                .status(PodStatusBuilder.builder()
                        .phase("Running")
                        .conditions(List.of(PodConditionBuilder.builder()
                                .type("Ready")
                                .status(ready ? "True" : "False")
                                .build()))
                        .build())
                .build());
    }

    private void budget(String name, @Nullable IntOrString minAvailable, @Nullable IntOrString maxUnavailable)
            throws InterruptedException {
        handles.store.create(
                PodDisruptionBudgetBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(name)
                                .namespace("default")
                                .build())
                        .spec(PodDisruptionBudgetSpecBuilder.builder()
                                .minAvailable(minAvailable)
                                .maxUnavailable(maxUnavailable)
                                .selector(new LabelSelector(List.of(), Map.of("app", "web")))
                                .build())
                        .build(),
                TEST);
        handles.clock.settle();
    }

    @Test
    void cordonsAndTakesManagedPodsAway() throws InterruptedException {
        pod("a", "ReplicaSet", true);
        pod("b", "ReplicaSet", false);

        var node = cluster.nodes().named("n").drain(AT_ONCE, LONG);

        assertThat(node.get().spec().unschedulable()).isTrue();
        assertThat(node.pods()).isEmpty();
    }

    @Test
    void namesThePodsThatMustNotGoAndTakesNoneAway() {
        pod("a", "ReplicaSet", true);
        pod("b", "", true);
        pod("c", "DaemonSet", true);

        assertThatThrownBy(() -> cluster.nodes().named("n").drain(AT_ONCE, LONG))
                .isInstanceOf(ApiException.class)
                .hasMessage(
                        "unable to drain node \"n\" due to error: [cannot delete Pods that declare no controller (use"
                                + " --force to override): default/b, cannot delete DaemonSet-managed Pods (use"
                                + " --ignore-daemonsets to ignore): default/c]");
        assertThat(cluster.pods().count()).isEqualTo(3);
    }

    @Test
    void leavesPodsOfDaemonSetsAndForcesTheRest() throws InterruptedException {
        pod("b", "", true);
        pod("c", "DaemonSet", true);

        cluster.nodes().named("n").drain(AT_ONCE.force().ignoreDaemonSets(), LONG);

        assertThat(cluster.pods().byName()).containsOnlyKeys("c");
    }

    @Test
    void keepsLocalDataUnlessToldOtherwise() throws InterruptedException {
        Pod stored = pod("a", "ReplicaSet", true);
        handles.store.update(
                PodBuilder.builder(stored)
                        .spec(PodSpecBuilder.builder(stored.spec())
                                .volumes(List.of(VolumeBuilder.builder()
                                        .name("data")
                                        .emptyDir(new EmptyDirVolumeSource(null, null))
                                        .build()))
                                .build())
                        .build(),
                TEST);
        var node = cluster.nodes().named("n");

        assertThatThrownBy(() -> node.drain(AT_ONCE, LONG))
                .hasMessage("unable to drain node \"n\" due to error: cannot delete Pods with local storage (use"
                        + " --delete-emptydir-data to override): default/a");
        assertThat(node.drain(AT_ONCE.deleteEmptyDirData(), LONG).pods()).isEmpty();
    }

    @Test
    void waitsForADisruptionBudgetAndSaysSoAtTheDeadline() throws InterruptedException {
        pod("a", "ReplicaSet", true);
        pod("b", "ReplicaSet", true);
        budget("web", IntOrString.of(2), null);

        assertThatThrownBy(() -> cluster.nodes().named("n").drain(AT_ONCE, SHORT))
                .isInstanceOf(AwaitException.class)
                .hasMessageStartingWith("node n: waited to be drained: timed out after 50ms, 2 pods are still there")
                .hasMessageContaining(
                        "error when evicting: The disruption budget web needs 2 healthy pods and has 2" + " currently");
        assertThat(cluster.pods().count()).isEqualTo(2);
    }

    @Test
    void drainsInSpiteOfABudgetWhenEvictionIsDisabled() throws InterruptedException {
        pod("a", "ReplicaSet", true);
        budget("web", IntOrString.of(1), null);

        assertThat(cluster.nodes()
                        .named("n")
                        .drain(AT_ONCE.disableEviction(), LONG)
                        .pods())
                .isEmpty();
    }

    @Test
    void evictsAsManyAsTheBudgetAllows() throws InterruptedException {
        pod("a", "ReplicaSet", true);
        pod("b", "ReplicaSet", true);
        pod("c", "ReplicaSet", true);
        budget("web", null, IntOrString.of("50%"));
        var pods = cluster.pods();

        pods.named("a").evict();
        pods.named("b").evict();
        handles.clock.settle();

        assertThatThrownBy(() -> pods.named("c").evict())
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(ApiException.Reason.TOO_MANY_REQUESTS);
                    assertThat(refused.causes().getFirst().message())
                            .isEqualTo("The disruption budget web needs 1 healthy pods and has 1 currently");
                })
                .hasMessage("Cannot evict pod as it would violate the pod's disruption budget.");
        assertThat(pods.named("a").get().metadata().isTerminating()).isTrue();
        assertThat(cluster.podDisruptionBudgets().named("web").get().status().disruptionsAllowed())
                .isZero();
    }

    @Test
    void evictsAnUnreadyPodWhenTheBudgetIsMet() throws InterruptedException {
        pod("a", "ReplicaSet", true);
        pod("b", "ReplicaSet", false);
        budget("web", IntOrString.of(1), null);

        cluster.pods().named("b").evict();

        assertThat(cluster.pods().named("b").get().metadata().isTerminating()).isTrue();
    }

    @Test
    void refusesAnUnreadyPodWhenTheBudgetIsNotMetUnlessThePolicyAllowsIt() throws InterruptedException {
        pod("a", "ReplicaSet", true);
        pod("b", "ReplicaSet", false);
        budget("web", IntOrString.of(2), null);
        assertThatThrownBy(() -> cluster.pods().named("b").evict())
                .hasMessage("Cannot evict pod as it would violate the pod's disruption budget.");

        cluster.podDisruptionBudgets()
                .named("web")
                .edit(web -> PodDisruptionBudgetBuilder.builder(web)
                        .spec(PodDisruptionBudgetSpecBuilder.builder(web.spec())
                                .unhealthyPodEvictionPolicy("AlwaysAllow")
                                .build())
                        .build());
        cluster.pods().named("b").evict();

        assertThat(cluster.pods().named("b").get().metadata().isTerminating()).isTrue();
        assertThat(cluster.pods()
                        .named("b")
                        .get()
                        .condition("DisruptionTarget")
                        .orElseThrow()
                        .reason())
                .isEqualTo("EvictionByEvictionAPI");
    }

    @Test
    void waitsUntilTheBudgetHasBeenCounted() throws InterruptedException {
        pod("a", "ReplicaSet", true);
        budget("web", IntOrString.of(0), null);
        loops.close();
        handles.status(PodDisruptionBudgetBuilder.builder(
                        cluster.podDisruptionBudgets().named("web").get())
                .status(PodDisruptionBudgetStatusBuilder.builder()
                        .observedGeneration(0)
                        .build())
                .build());

        assertThatThrownBy(() -> cluster.pods().named("a").evict())
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.causes().getFirst().message())
                                .isEqualTo("The disruption budget web is still being processed by the server."));
    }

    @Test
    void refusesAPodOfSeveralBudgets() throws InterruptedException {
        pod("a", "ReplicaSet", true);
        budget("one", IntOrString.of(0), null);
        budget("two", IntOrString.of(0), null);

        assertThatThrownBy(() -> cluster.pods().named("a").evict())
                .hasMessage("This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
                        + " support.");
        assertThat(handles.store.count(ResourceTypes.POD)).isEqualTo(1);
    }
}
