package dev.orchestrator.runtime.scheduler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.core.AffinityBuilder;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerPortBuilder;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeAffinityBuilder;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.core.NodeSelector;
import dev.orchestrator.api.model.core.NodeSelectorRequirement;
import dev.orchestrator.api.model.core.NodeSelectorTerm;
import dev.orchestrator.api.model.core.NodeSpecBuilder;
import dev.orchestrator.api.model.core.NodeStatusBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PreferredSchedulingTerm;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.scheduler.SchedulingCycle.Decision;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.store.AdmitsEverything;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.story.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.story.Objects.node;
import static dev.orchestrator.runtime.story.Objects.pod;
import static dev.orchestrator.runtime.story.Objects.tainted;
import static dev.orchestrator.runtime.story.Objects.with;
import static org.assertj.core.api.Assertions.assertThat;

class SchedulingCycleTest {

    private final SchedulerProfile profile = SchedulerProfile.standard(7);
    private final ClusterSnapshot snapshot = new ClusterSnapshot(profile.topology());
    private final PodLens lens = new PodLens();
    private final ObjectStore store =
            new ObjectStore(new ManualClock(), new AdmitsEverything(), StoreOptions.defaults());
    private final SchedulingCycle cycle = new SchedulingCycle(profile, snapshot, new Nominations(), store);
    private int bound;

    private void nodes(Node... nodes) {
        for (Node node : nodes) {
            snapshot.put(node);
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String outcome(Pod pod) {
        return switch (cycle.decide(lens.infoOf(pod))) {
            case Decision.Chosen chosen -> chosen.node().name();
            case Decision.Unschedulable unschedulable -> unschedulable.error().message();
            case Decision.MakingRoom room -> "room on " + room.room().node().name();
        };
    }

    private String bind(Pod pod) {
        String node = outcome(pod);
        PodInfo info = lens.infoOf(pod.withMetadata(
                ObjectMetaBuilder.builder(pod.metadata()).uid("uid-" + bound++).build()));
        snapshot.place(info, node);
        return node;
    }

    @Test
    void saysSoWhenThereIsNoNodeAtAll() {
        assertThat(outcome(pod("web"))).isEqualTo("no nodes available to schedule pods");
    }

    @Test
    void countsTheReasonsOfAllNodesAsKubernetesWordsThem() {
        nodes(
                tainted(node("a", "cpu=4", "memory=8Gi"), "gpu", "yes", "NoSchedule"),
                node("b", "cpu=1", "memory=8Gi"),
                node("c", "cpu=1", "memory=1Gi"));

        assertThat(outcome(pod("big", "cpu=2", "memory=2Gi")))
                .isEqualTo("0/3 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint(s),"
                        + " 2 Insufficient cpu. preemption: 0/3 nodes are available:"
                        + " 3 Preemption is not helpful for scheduling.");
    }

    @Test
    void distinguishesNodesThatAreFullFromNodesThatAreTooSmall() {
        nodes(node("small", "cpu=1"), node("full", "cpu=2"));
        snapshot.place(
                lens.infoOf(Objects.pod("other", "cpu=1")
                        .withMetadata(ObjectMetaBuilder.builder().uid("u").build())),
                "full");

        assertThat(outcome(pod("web", "cpu=2")))
                .isEqualTo("0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available:"
                        + " 1 No preemption victims found for incoming pod,"
                        + " 1 Preemption is not helpful for scheduling.");
    }

    @Test
    void namesThePreemptionPolicyThatForbidsPreemption() {
        nodes(node("a", "cpu=1"));

        assertThat(outcome(with(pod("web", "cpu=2"), spec -> spec.preemptionPolicy("Never"))))
                .endsWith("preemption: not eligible due to preemptionPolicy=Never.");
    }

    @Test
    void refusesNodesForEachRule() {
        Node cordoned = change(node("cordoned", "cpu=4"), spec -> spec.unschedulable(true));
        Node unready = NodeBuilder.builder(node("unready", "cpu=4"))
                .status(NodeStatusBuilder.builder(node("unready", "cpu=4").status())
                        .conditions(List.of())
                        .build())
                .build();
        Node full = node("full", "cpu=4", "pods=0");
        nodes(cordoned, unready, full);

        assertThat(outcome(pod("web")))
                .startsWith("0/3 nodes are available: 1 Too many pods, 1 node(s) had untolerated taint(s),"
                        + " 1 node(s) were unschedulable.");
        assertThat(outcome(with(pod("web"), spec -> spec.nodeSelector(Map.of("disk", "ssd")))))
                .contains("1 node(s) didn't match Pod's node affinity/selector");
    }

    private static Node change(Node node, UnaryOperator<NodeSpecBuilder> change) {
        return NodeBuilder.builder(node)
                .spec(change.apply(NodeSpecBuilder.builder(node.spec())).build())
                .build();
    }

    @Test
    void toleratedTaintsDoNotMatter() {
        nodes(tainted(node("a", "cpu=4"), "gpu", "yes", "NoSchedule"));

        assertThat(outcome(tolerating("gpu", "Equal", "yes"))).isEqualTo("a");
        assertThat(outcome(tolerating("gpu", "Exists", null))).isEqualTo("a");
        assertThat(outcome(tolerating("gpu", "Equal", "no"))).contains("untolerated taint(s)");
    }

    private static Pod tolerating(String key, String operator, @org.jspecify.annotations.Nullable String value) {
        return with(
                pod("web"),
                spec -> spec.tolerations(List.of(new Toleration("NoSchedule", key, operator, null, value))));
    }

    @Test
    void looksOnlyAtTheNodeThatADaemonPodNames() {
        nodes(node("a", "cpu=1"), node("b", "cpu=1"), node("c", "cpu=1"));
        var term = new NodeSelectorTerm(
                List.of(), List.of(new NodeSelectorRequirement("metadata.name", "In", List.of("b"))));
        UnaryOperator<PodSpecBuilder> pinned = spec -> spec.affinity(AffinityBuilder.builder()
                .nodeAffinity(NodeAffinityBuilder.builder()
                        .requiredDuringSchedulingIgnoredDuringExecution(new NodeSelector(List.of(term)))
                        .build())
                .build());

        assertThat(outcome(with(pod("daemon"), pinned))).isEqualTo("b");
        assertThat(outcome(with(pod("daemon", "cpu=2"), pinned)))
                .startsWith("0/3 nodes are available: 1 Insufficient cpu,"
                        + " 2 node(s) didn't satisfy plugin(s) [NodeAffinity].");
    }

    @Test
    void prefersNodesByPreferredAffinity() {
        nodes(node("a", "cpu=8"), labelled(node("b", "cpu=8"), "disk", "ssd"), node("c", "cpu=8"));
        var preference =
                new NodeSelectorTerm(List.of(new NodeSelectorRequirement("disk", "In", List.of("ssd"))), List.of());
        Pod pod = with(
                pod("web", "cpu=1"),
                spec -> spec.affinity(AffinityBuilder.builder()
                        .nodeAffinity(NodeAffinityBuilder.builder()
                                .preferredDuringSchedulingIgnoredDuringExecution(
                                        List.of(new PreferredSchedulingTerm(preference, 10)))
                                .build())
                        .build()));

        assertThat(outcome(pod)).isEqualTo("b");
    }

    private static Node labelled(Node node, String key, String value) {
        return NodeBuilder.builder(node)
                .metadata(ObjectMetaBuilder.builder(node.metadata())
                        .labels(Map.of(key, value))
                        .build())
                .build();
    }

    @Test
    void prefersNodesWithoutSoftTaintsAndWithMoreRoom() {
        nodes(
                tainted(node("soft", "cpu=8"), "x", "", "PreferNoSchedule"),
                node("small", "cpu=2"),
                node("big", "cpu=8"));

        assertThat(outcome(pod("web", "cpu=1"))).isEqualTo("big");
    }

    @Test
    void keepsPodsThatWantTheSameHostPortApart() {
        nodes(node("a"), node("b"));
        Pod pod = with(
                pod("web"),
                spec -> spec.containers(List.of(ContainerBuilder.builder(Objects.container("app"))
                        .ports(List.of(ContainerPortBuilder.builder()
                                .containerPort(80)
                                .hostPort(8080)
                                .build()))
                        .build())));

        assertThat(List.of(bind(pod), bind(pod))).containsExactlyInAnyOrder("a", "b");
        assertThat(outcome(pod))
                .startsWith("0/2 nodes are available: 2 node(s) didn't have free ports for the requested pod ports.");
    }

    @Test
    void countsExtendedResources() {
        nodes(node("a", "example.com/gpu=1"));
        Pod pod = pod("web", "example.com/gpu=1");

        assertThat(bind(pod)).isEqualTo("a");
        assertThat(outcome(pod)).startsWith("0/1 nodes are available: 1 Insufficient example.com/gpu.");
    }

    @Test
    void spreadsThePodsOfOneControllerEvenly() {
        for (int i = 0; i < 10; i++) {
            nodes(node("n" + i, "cpu=16", "memory=32Gi"));
        }
        Pod replica = pod("web", "cpu=100m")
                .withMetadata(ObjectMetaBuilder.builder(pod("web").metadata())
                        .ownerReferences(List.of(new OwnerReference("apps/v1", true, true, "ReplicaSet", "web", "u")))
                        .build());
        var perNode = new HashMap<String, Integer>();

        for (int i = 0; i < 50; i++) {
            perNode.merge(bind(replica), 1, Integer::sum);
        }

        assertThat(perNode)
                .hasSize(10)
                .allSatisfy((name, pods) -> assertThat(pods).isEqualTo(5));
    }

    @Test
    void placesTheSameInputTheSameWay() {
        assertThat(placements()).isEqualTo(placements());
    }

    private static List<String> placements() {
        var test = new SchedulingCycleTest();
        for (int i = 0; i < 300; i++) {
            test.nodes(node("n" + i, "cpu=4"));
        }
        var placements = new ArrayList<String>();
        for (int i = 0; i < 500; i++) {
            placements.add(test.bind(pod("p" + i, "cpu=500m")));
        }
        return placements;
    }

    @Test
    void givesAllNodesTheirTurnThoughItLooksAtAHundredOnly() {
        for (int i = 0; i < 1000; i++) {
            nodes(node("n" + i, "cpu=4"));
        }
        var perNode = new HashMap<String, Integer>();

        for (int i = 0; i < 4000; i++) {
            perNode.merge(bind(pod("web", "cpu=500m")), 1, Integer::sum);
        }

        assertThat(perNode).hasSize(1000);
        assertThat(perNode.values()).allSatisfy(pods -> assertThat(pods).isBetween(3, 5));
    }
}
