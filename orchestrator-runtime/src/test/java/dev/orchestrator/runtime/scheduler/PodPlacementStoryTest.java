package dev.orchestrator.runtime.scheduler;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodAffinity;
import dev.orchestrator.api.model.core.PodAffinityTerm;
import dev.orchestrator.api.model.core.PodAntiAffinity;
import dev.orchestrator.api.model.core.TopologySpreadConstraint;
import dev.orchestrator.api.model.core.TopologySpreadConstraintBuilder;
import dev.orchestrator.api.model.core.WeightedPodAffinityTerm;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.story.Objects;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.story.Objects.labelled;
import static dev.orchestrator.runtime.story.Objects.node;
import static dev.orchestrator.runtime.story.Objects.pod;
import static dev.orchestrator.runtime.story.Objects.with;
import static org.assertj.core.api.Assertions.assertThat;

/** Pods that want to be near each other, away from each other, or evenly spread. */
@Timeout(30)
class PodPlacementStoryTest {

    private static final String HOST = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";

    private final Story story = new Story(
            parts -> new Scheduler(parts.store(), parts.time(), parts.events(), SchedulerProfile.standard(1)));

    @AfterEach
    void close() {
        story.close();
    }

    private static PodAffinityTerm app(String app, String topologyKey) {
        var selector = new LabelSelector(List.of(), Map.of("app", app));
        return new PodAffinityTerm(selector, List.of(), List.of(), null, List.of(), topologyKey);
    }

    private static Pod near(Pod pod, PodAffinityTerm... terms) {
        return with(pod, spec -> spec.affinity(new Affinity(null, new PodAffinity(List.of(), List.of(terms)), null)));
    }

    private static Pod apart(Pod pod, PodAffinityTerm... terms) {
        return with(
                pod, spec -> spec.affinity(new Affinity(null, null, new PodAntiAffinity(List.of(), List.of(terms)))));
    }

    private static Pod spread(Pod pod, String app, String key, String whenUnsatisfiable) {
        TopologySpreadConstraint constraint = TopologySpreadConstraintBuilder.builder()
                .labelSelector(new LabelSelector(List.of(), Map.of("app", app)))
                .maxSkew(1)
                .topologyKey(key)
                .whenUnsatisfiable(whenUnsatisfiable)
                .build();
        return with(pod, spec -> spec.topologySpreadConstraints(List.of(constraint)));
    }

    private static Node inZone(Node node, String zone) {
        var labels = new HashMap<>(node.metadata().labels());
        labels.put(ZONE, zone);
        return NodeBuilder.builder(node)
                .metadata(ObjectMetaBuilder.builder(node.metadata())
                        .labels(labels)
                        .build())
                .build();
    }

    private Pod stored(String name) {
        return story.get(ResourceTypes.POD, "default", name);
    }

    private String nodeOf(String name) {
        return String.valueOf(stored(name).spec().nodeName());
    }

    private String zoneOf(String name) {
        Node node = story.get(ResourceTypes.NODE, "", nodeOf(name));
        return String.valueOf(node.metadata().labels().get(ZONE));
    }

    private String message(String name) {
        return String.valueOf(
                stored(name).condition("PodScheduled").orElseThrow().message());
    }

    private void nodes(Node... nodes) {
        for (Node node : nodes) {
            story.create(node);
        }
    }

    @Test
    void keepsPodsApartAndSaysWhyTheNextOneHasNoPlace() throws InterruptedException {
        nodes(node("a"), node("b"), node("c"));
        for (int i = 0; i < 4; i++) {
            story.create(apart(labelled(pod("web-" + i), "app=web"), app("web", HOST)));
        }
        story.settle();

        assertThat(List.of(nodeOf("web-0"), nodeOf("web-1"), nodeOf("web-2"))).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(message("web-3"))
                .isEqualTo("0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules. preemption: 0/3"
                        + " nodes are available: 3 No preemption victims found for incoming pod.");

        story.delete(ResourceTypes.POD, "default", "web-1", null);
        story.settle();

        assertThat(stored("web-3").spec().nodeName()).isNotNull();
    }

    @Test
    void aPodOfAnotherZoneThatGoesMakesRoomInItsWholeZone() throws InterruptedException {
        nodes(inZone(node("a1", "cpu=1"), "a"), inZone(node("a2", "cpu=1"), "a"));
        story.create(apart(labelled(pod("first", "cpu=1"), "app=web"), app("web", ZONE)));
        story.settle();
        // Its node is full now, so only the other one of the zone can take the second.
        story.create(apart(labelled(pod("second", "cpu=1"), "app=web"), app("web", ZONE)));
        story.create(with(pod("filler", "cpu=1"), spec -> spec.nodeName(nodeOf("first"))));
        story.settle();
        assertThat(stored("second").spec().nodeName()).isNull();

        story.delete(ResourceTypes.POD, "default", "first", null);
        story.settle();

        assertThat(nodeOf("second")).isNotEqualTo("null").isNotEqualTo(nodeOf("filler"));
    }

    @Test
    void podsWithAPlaceKeepOthersAwayThatSayNothing() throws InterruptedException {
        nodes(node("a"));
        story.create(apart(pod("loner"), app("web", HOST)));
        story.settle();
        story.create(labelled(pod("web"), "app=web"));
        story.settle();

        assertThat(message("web"))
                .isEqualTo("0/1 nodes are available: 1 node(s) didn't satisfy existing pods anti-affinity rules."
                        + " preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.");

        nodes(node("b"));
        story.settle();

        assertThat(nodeOf("web")).isEqualTo("b");
    }

    @Test
    void waitsForThePodItWantsToBeNear() throws InterruptedException {
        nodes(node("a"), node("b"));
        story.create(near(pod("web"), app("cache", HOST)));
        story.settle();
        assertThat(message("web"))
                .isEqualTo("0/2 nodes are available: 2 node(s) didn't match pod affinity rules. preemption: 0/2 nodes"
                        + " are available: 2 Preemption is not helpful for scheduling.");

        story.create(labelled(pod("other"), "app=other"));
        story.settle();
        long attempts = refusals("web");
        story.create(labelled(pod("cache"), "app=cache"));
        story.settle();

        assertThat(attempts).as("a pod that can not help wakes nobody").isEqualTo(1);
        assertThat(nodeOf("web")).isEqualTo(nodeOf("cache"));
    }

    private long refusals(String name) {
        return story.events().stream()
                .filter(event -> event.startsWith("Warning FailedScheduling default/" + name))
                .count();
    }

    @Test
    void theFirstOfPodsThatWantToBeTogetherGoesAnywhere() throws InterruptedException {
        nodes(inZone(node("a"), "a"), inZone(node("b"), "b"), node("nowhere"));
        for (int i = 0; i < 5; i++) {
            story.create(near(labelled(pod("web-" + i), "app=web"), app("web", ZONE)));
        }
        story.settle();

        for (int i = 0; i < 5; i++) {
            assertThat(zoneOf("web-" + i)).isIn("a", "b").isEqualTo(zoneOf("web-0"));
        }
    }

    @Test
    void prefersToBeNearAndAway() throws InterruptedException {
        nodes(node("a", "cpu=64"), node("b", "cpu=64"), node("c", "cpu=64"));
        story.create(with(labelled(pod("cache"), "app=cache"), spec -> spec.nodeName("a")));
        story.create(with(labelled(pod("noisy"), "app=noisy"), spec -> spec.nodeName("b")));
        story.create(with(labelled(pod("tired"), "app=noisy"), spec -> spec.nodeName("c")));
        var toCache = new WeightedPodAffinityTerm(app("cache", HOST), 100);
        var fromNoisy = new WeightedPodAffinityTerm(app("noisy", HOST), 100);
        story.create(with(
                pod("web"),
                spec -> spec.affinity(new Affinity(
                        null,
                        new PodAffinity(List.of(toCache), List.of()),
                        new PodAntiAffinity(List.of(fromNoisy), List.of())))));
        story.settle();

        assertThat(nodeOf("web")).isEqualTo("a");
    }

    @Test
    void spreadsOverZonesAndRefusesWhatWouldBeUneven() throws InterruptedException {
        nodes(inZone(node("a", "pods=10"), "a"), inZone(node("b", "pods=2"), "b"), node("nowhere"));
        for (int i = 0; i < 6; i++) {
            story.create(spread(labelled(pod("web-" + i), "app=web"), "web", ZONE, "DoNotSchedule"));
        }
        story.settle();

        List<String> zones = List.of("web-0", "web-1", "web-2", "web-3", "web-4").stream()
                .map(this::zoneOf)
                .toList();
        assertThat(zones).filteredOn("a"::equals).hasSize(3);
        assertThat(zones).filteredOn("b"::equals).hasSize(2);
        assertThat(message("web-5"))
                .isEqualTo("0/3 nodes are available: 1 Too many pods, 1 node(s) didn't match pod topology spread"
                        + " constraints, 1 node(s) didn't match pod topology spread constraints (missing required"
                        + " label). preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling,"
                        + " 2 No preemption victims found for incoming pod.");

        nodes(inZone(node("b2", "pods=1"), "b"));
        story.settle();

        assertThat(zoneOf("web-5")).isEqualTo("b");
    }

    @Test
    void anotherPodThatFillsTheEmptiestZoneHelps() throws InterruptedException {
        nodes(inZone(node("a", "cpu=8"), "a"), inZone(node("b", "cpu=1"), "b"));
        story.create(with(labelled(pod("old", "cpu=1"), "app=web"), spec -> spec.nodeName("a")));
        story.create(with(pod("filler", "cpu=1"), spec -> spec.nodeName("b")));
        story.create(spread(labelled(pod("web", "cpu=1"), "app=web"), "web", ZONE, "DoNotSchedule"));
        story.settle();
        assertThat(stored("web").spec().nodeName()).isNull();

        story.create(with(labelled(pod("static"), "app=web"), spec -> spec.nodeName("b")));
        story.settle();

        assertThat(nodeOf("web")).isEqualTo("a");
    }

    @Test
    void anEmptyZoneThatGoesNoLongerCounts() throws InterruptedException {
        nodes(inZone(node("a", "cpu=8"), "a"), inZone(node("b", "cpu=0"), "b"));
        story.create(with(labelled(pod("old", "cpu=1"), "app=web"), spec -> spec.nodeName("a")));
        story.create(spread(labelled(pod("web", "cpu=1"), "app=web"), "web", ZONE, "DoNotSchedule"));
        story.settle();
        assertThat(stored("web").spec().nodeName()).isNull();

        story.delete(ResourceTypes.NODE, "", "b", null);
        story.settle();

        assertThat(nodeOf("web")).isEqualTo("a");
    }

    @Test
    void aNodeThatMovesToAnotherZoneTakesItsPodsAlong() throws InterruptedException {
        nodes(inZone(node("a"), "a"), inZone(node("b"), "b"));
        story.create(with(labelled(pod("old"), "app=web"), spec -> spec.nodeName("a")));
        story.create(with(labelled(pod("older"), "app=web"), spec -> spec.nodeName("b")));
        story.create(apart(labelled(pod("web"), "app=web"), app("web", ZONE)));
        story.settle();
        assertThat(stored("web").spec().nodeName()).isNull();

        story.edit(ResourceTypes.NODE, "", "b", node -> inZone(node, "a"));
        nodes(inZone(node("c"), "b"));
        story.settle();

        assertThat(nodeOf("web")).isEqualTo("c");
    }

    @Test
    void prefersToSpreadButNeverWaitsForIt() throws InterruptedException {
        nodes(inZone(node("a", "pods=10"), "a"), inZone(node("b", "pods=2"), "b"));
        for (int i = 0; i < 8; i++) {
            story.create(spread(labelled(pod("web-" + i), "app=web"), "web", ZONE, "ScheduleAnyway"));
        }
        story.settle();

        var perZone = new HashMap<String, Integer>();
        for (int i = 0; i < 8; i++) {
            perZone.merge(zoneOf("web-" + i), 1, Integer::sum);
        }
        assertThat(perZone).isEqualTo(Map.of("a", 6, "b", 2));
    }

    @Test
    void selectsPodsOfNamespacesByTheirLabels() throws InterruptedException {
        nodes(node("a"), node("b"));
        story.create(Objects.namespace("shop"));
        story.create(labelled(pod("cache"), "app=cache").withMetadata(Objects.meta("shop", "cache", "app=cache")));
        story.settle();
        var selector = new LabelSelector(List.of(), Map.of("team", "shop"));
        var term = new PodAffinityTerm(
                new LabelSelector(List.of(), Map.of("app", "cache")), List.of(), List.of(), selector, List.of(), HOST);
        story.create(near(pod("web"), term));
        story.settle();
        assertThat(stored("web").spec().nodeName()).isNull();

        story.edit(
                ResourceTypes.NAMESPACE,
                "",
                "shop",
                namespace -> namespace.withMetadata(ObjectMetaBuilder.builder(namespace.metadata())
                        .labels(Map.of("team", "shop"))
                        .build()));
        story.settle();

        assertThat(nodeOf("web"))
                .isEqualTo(story.get(ResourceTypes.POD, "shop", "cache").spec().nodeName());
    }

    @Test
    void improvementsWhileAPodBacksOffAreNotForgotten() throws InterruptedException {
        nodes(node("a", "cpu=1"), node("b", "cpu=1"));
        story.create(with(pod("on-a", "cpu=1"), spec -> spec.nodeName("a")));
        story.create(with(pod("on-b", "cpu=1"), spec -> spec.nodeName("b")));
        story.create(pod("web", "cpu=1"));
        story.settle();

        // a has room and loses it again before the pod is tried; b has room from then on.
        story.delete(ResourceTypes.POD, "default", "on-a", null);
        story.create(with(pod("on-a-again", "cpu=1"), spec -> spec.nodeName("a")));
        story.delete(ResourceTypes.POD, "default", "on-b", null);
        story.settle();

        assertThat(nodeOf("web")).isIn("a", "b");
    }
}
