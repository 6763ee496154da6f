package dev.orchestrator.runtime.scheduler;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.core.NodeSpecBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.PodSchedulingGate;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.story.Objects.node;
import static dev.orchestrator.runtime.story.Objects.pod;
import static dev.orchestrator.runtime.story.Objects.tainted;
import static dev.orchestrator.runtime.story.Objects.with;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class SchedulerStoryTest {

    private final Story story = new Story(
            parts -> new Scheduler(parts.store(), parts.time(), parts.events(), SchedulerProfile.standard(1)));

    @AfterEach
    void close() {
        story.close();
    }

    private Pod stored(String name) {
        return story.get(ResourceTypes.POD, "default", name);
    }

    private PodCondition scheduled(String name) {
        return stored(name).condition("PodScheduled").orElseThrow();
    }

    @Test
    void bindsAPodAndSaysSo() throws InterruptedException {
        story.create(node("a", "cpu=4"));
        story.create(pod("web", "cpu=1"));

        story.settle();

        assertThat(stored("web").spec().nodeName()).isEqualTo("a");
        assertThat(scheduled("web").status()).isEqualTo("True");
        assertThat(story.events())
                .containsExactly("Normal Scheduled default/web: Successfully assigned default/web to a");
    }

    @Test
    void bindsAPodThatWaitedForItsFirstNode() throws InterruptedException {
        story.create(pod("web", "cpu=1"));
        story.settle();

        assertThat(scheduled("web").status()).isEqualTo("False");
        assertThat(scheduled("web").reason()).isEqualTo("Unschedulable");
        assertThat(scheduled("web").message()).isEqualTo("no nodes available to schedule pods");
        assertThat(story.events())
                .containsExactly("Warning FailedScheduling default/web: no nodes available to schedule pods");

        story.create(node("a", "cpu=4"));
        story.settle();

        assertThat(stored("web").spec().nodeName()).isEqualTo("a");
        assertThat(stored("web").status().conditions()).hasSize(1);
        assertThat(scheduled("web").status()).isEqualTo("True");
        assertThat(scheduled("web").message()).isNull();
    }

    @Test
    void triesAgainWhenAPodMakesRoom() throws InterruptedException {
        story.create(node("a", "cpu=1"));
        story.create(pod("first", "cpu=1"));
        story.settle();
        story.create(pod("second", "cpu=1"));
        story.settle();
        assertThat(scheduled("second").message()).startsWith("0/1 nodes are available: 1 Insufficient cpu.");

        story.delete(ResourceTypes.POD, "default", "first", null);
        story.settle();

        assertThat(stored("second").spec().nodeName()).isEqualTo("a");
    }

    @Test
    void aFinishedPodTakesNoRoom() throws InterruptedException {
        story.create(node("a", "cpu=1"));
        story.create(pod("job", "cpu=1"));
        story.create(pod("next", "cpu=1"));
        story.settle();

        story.editStatus(
                ResourceTypes.POD,
                "default",
                "job",
                pod -> PodBuilder.builder(pod)
                        .status(PodStatusBuilder.builder(pod.status())
                                .phase("Succeeded")
                                .build())
                        .build());
        story.settle();

        assertThat(stored("next").spec().nodeName()).isEqualTo("a");
    }

    @Test
    void aNodeThatStillDoesNotFitWakesNobody() throws InterruptedException {
        story.create(node("a", "cpu=1"));
        story.create(pod("big", "cpu=2"));
        story.settle();

        story.create(node("b", "cpu=1"));
        story.create(tainted(node("c", "cpu=4"), "x", "y", "NoSchedule"));
        story.settle();
        assertThat(story.events()).hasSize(1);

        story.edit(
                ResourceTypes.NODE,
                "",
                "c",
                node -> NodeBuilder.builder(node)
                        .spec(NodeSpecBuilder.builder(node.spec())
                                .taints(List.of())
                                .build())
                        .build());
        story.settle();

        assertThat(stored("big").spec().nodeName()).isEqualTo("c");
    }

    @Test
    void anUnschedulablePodDelaysNobody() throws InterruptedException {
        story.create(node("a", "cpu=2"));
        for (int i = 0; i < 20; i++) {
            story.create(pod("big-" + i, "cpu=64"));
        }
        story.create(pod("small", "cpu=1"));
        story.settle();

        assertThat(stored("small").spec().nodeName()).isEqualTo("a");
        assertThat(story.clock().nextTimer()).isNull();
    }

    @Test
    void theMoreImportantPodGoesFirst() throws InterruptedException {
        story.create(pod("low", "cpu=1"));
        story.create(with(pod("high", "cpu=1"), spec -> spec.priority(1000)));
        story.settle();

        story.create(node("a", "cpu=1"));
        story.advance(Duration.ofSeconds(1));

        assertThat(stored("high").spec().nodeName()).isEqualTo("a");
        assertThat(stored("low").spec().nodeName()).isNull();
    }

    @Test
    void waitsForSchedulingGatesToBeLifted() throws InterruptedException {
        story.create(node("a", "cpu=4"));
        story.create(with(pod("web"), spec -> spec.schedulingGates(List.of(new PodSchedulingGate("quota")))));
        story.settle();

        assertThat(stored("web").spec().nodeName()).isNull();
        assertThat(scheduled("web").reason()).isEqualTo("SchedulingGated");
        assertThat(scheduled("web").message()).isEqualTo("Scheduling is blocked due to non-empty scheduling gates");
        assertThat(story.events()).isEmpty();

        story.edit(ResourceTypes.POD, "default", "web", pod -> with(pod, spec -> spec.schedulingGates(List.of())));
        story.settle();

        assertThat(stored("web").spec().nodeName()).isEqualTo("a");
    }

    @Test
    void leavesPodsOfOtherSchedulersAlone() throws InterruptedException {
        story.create(node("a", "cpu=4"));
        story.create(with(pod("web"), spec -> spec.schedulerName("mine")));

        story.settle();

        assertThat(stored("web").spec().nodeName()).isNull();
        assertThat(stored("web").status().conditions()).isEmpty();
    }

    @Test
    void countsPodsThatOthersBind() throws InterruptedException {
        story.create(node("a", "cpu=1"));
        story.create(with(pod("static", "cpu=1"), spec -> spec.nodeName("a")));
        story.create(pod("web", "cpu=1"));

        story.settle();

        assertThat(scheduled("web").message()).startsWith("0/1 nodes are available: 1 Insufficient cpu.");
    }

    @Test
    void aBrokenPodIsTriedAgainLaterAndStopsNobody() throws InterruptedException {
        story.create(node("a", "cpu=4"));
        var term = new dev.orchestrator.api.model.core.NodeSelectorTerm(
                List.of(new dev.orchestrator.api.model.core.NodeSelectorRequirement("x", "Nonsense", List.of())),
                List.of());
        story.create(with(
                pod("broken"),
                spec -> spec.affinity(dev.orchestrator.api.model.core.AffinityBuilder.builder()
                        .nodeAffinity(dev.orchestrator.api.model.core.NodeAffinityBuilder.builder()
                                .requiredDuringSchedulingIgnoredDuringExecution(
                                        new dev.orchestrator.api.model.core.NodeSelector(List.of(term)))
                                .build())
                        .build())));
        story.create(pod("web"));
        story.settle();

        assertThat(stored("web").spec().nodeName()).isEqualTo("a");
        assertThat(scheduled("broken").reason()).isEqualTo("SchedulerError");

        story.advance(Duration.ofSeconds(4));

        assertThat(story.events().stream().filter(event -> event.contains("default/broken")))
                .hasSize(3);
    }

    @Test
    void neverPutsMoreOnANodeThanItOffers() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            story.create(node("n" + i, "cpu=4", "pods=10"));
        }
        for (int i = 0; i < 300; i++) {
            story.create(pod("p" + i, "cpu=500m"));
        }
        story.settle();
        var bound = new java.util.HashMap<String, Integer>();
        for (Pod pod : story.store().list(ResourceTypes.POD)) {
            if (pod.spec().nodeName() != null) {
                bound.merge(pod.spec().nodeName(), 1, Integer::sum);
            }
        }

        assertThat(bound)
                .hasSize(20)
                .allSatisfy((node, pods) -> assertThat(pods).isEqualTo(8));
        assertThat(Map.copyOf(bound).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(160);
    }
}
