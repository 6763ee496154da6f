package dev.orchestrator.runtime.scheduler;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodAffinityTerm;
import dev.orchestrator.api.model.core.PodAntiAffinity;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetSpecBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetStatusBuilder;
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

/** Important pods that find all nodes full. */
@Timeout(30)
class PreemptionStoryTest {

    private final Story story = new Story(
            parts -> new Scheduler(parts.store(), parts.time(), parts.events(), SchedulerProfile.standard(1)));

    @AfterEach
    void close() {
        story.close();
    }

    private static Pod important(String name, int priority, String... requests) {
        return with(pod(name, requests), spec -> spec.priority(priority).terminationGracePeriodSeconds(30L));
    }

    private void running(String node, Pod pod) {
        story.create(with(pod, spec -> spec.nodeName(node)));
    }

    private Pod stored(String name) {
        return story.get(ResourceTypes.POD, "default", name);
    }

    private String message(String name) {
        return String.valueOf(
                stored(name).condition("PodScheduled").orElseThrow().message());
    }

    private List<String> victims() {
        return story.store().list(ResourceTypes.POD).stream()
                .filter(pod -> pod.metadata().isTerminating())
                .map(pod -> pod.key().name())
                .sorted()
                .toList();
    }

    /** The kubelet reports that the containers have ended. */
    private void gone(String name) throws InterruptedException {
        story.delete(ResourceTypes.POD, "default", name, null);
        story.settle();
    }

    @Test
    void theLessImportantPodMakesRoomInItsOwnTime() throws InterruptedException {
        story.create(node("a", "cpu=1"));
        running("a", important("low", 0, "cpu=1"));
        story.create(important("high", 1000, "cpu=1"));
        story.settle();

        PodCondition target = stored("low").condition("DisruptionTarget").orElseThrow();
        assertThat(victims()).containsExactly("low");
        assertThat(stored("low").metadata().deletionGracePeriodSeconds()).isEqualTo(30);
        assertThat(target.status()).isEqualTo("True");
        assertThat(target.reason()).isEqualTo("PreemptionByScheduler");
        assertThat(target.message()).isEqualTo("default-scheduler: preempting to accommodate a higher priority pod");
        assertThat(stored("high").status().nominatedNodeName()).isEqualTo("a");
        assertThat(message("high")).isEqualTo("0/1 nodes are available: 1 Insufficient cpu.");
        assertThat(story.events())
                .containsExactly(
                        "Normal Preempted default/low: Preempted by pod "
                                + stored("high").metadata().uid() + " on node a",
                        "Warning FailedScheduling default/high: 0/1 nodes are available: 1 Insufficient cpu.");

        gone("low");

        assertThat(stored("high").spec().nodeName()).isEqualTo("a");
    }

    @Test
    void aPodThatMustNotPreemptWaits() throws InterruptedException {
        story.create(node("a", "cpu=1"));
        running("a", important("low", 0, "cpu=1"));
        story.create(with(important("high", 1000, "cpu=1"), spec -> spec.preemptionPolicy("Never")));
        story.settle();

        assertThat(victims()).isEmpty();
        assertThat(message("high"))
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to"
                        + " preemptionPolicy=Never.");
    }

    @Test
    void equalsAreLeftAlone() throws InterruptedException {
        story.create(node("a", "cpu=1"));
        running("a", important("equal", 1000, "cpu=1"));
        story.create(important("high", 1000, "cpu=1"));
        story.settle();

        assertThat(victims()).isEmpty();
        assertThat(message("high"))
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No"
                        + " preemption victims found for incoming pod.");
    }

    @Test
    void saysOfEachNodeWhyPreemptionWouldNotHelp() throws InterruptedException {
        story.create(node("small", "cpu=1"));
        story.create(node("kept", "cpu=3"));
        story.create(node("empty", "cpu=2", "pods=0"));
        running("kept", important("low", 0, "cpu=1"));
        running("kept", important("boss", 2000, "cpu=2"));
        story.create(important("high", 1000, "cpu=2"));
        story.settle();

        assertThat(message("high"))
                .isEqualTo("0/3 nodes are available: 1 Too many pods, 2 Insufficient cpu. preemption: 0/3 nodes are"
                        + " available: 1 Insufficient cpu, 1 No preemption victims found for incoming pod, 1"
                        + " Preemption is not helpful for scheduling.");
        assertThat(victims()).isEmpty();
    }

    @Test
    void asManyAsPossibleStayTheImportantOnesFirst() throws InterruptedException {
        story.create(node("a", "cpu=4"));
        running("a", important("one", 1, "cpu=1"));
        running("a", important("two", 2, "cpu=1"));
        running("a", important("three", 3, "cpu=1"));
        running("a", important("boss", 2000, "cpu=1"));
        story.create(important("high", 1000, "cpu=2"));
        story.settle();

        assertThat(victims()).containsExactly("one", "two");
    }

    @Test
    void choosesTheNodeWhoseVictimsMatterLeast() throws InterruptedException {
        story.create(node("a", "cpu=2"));
        story.create(node("b", "cpu=2"));
        story.create(node("c", "cpu=2"));
        running("a", important("a-5", 5, "cpu=2"));
        running("b", important("b-1", 1, "cpu=1"));
        running("b", important("b-4", 4, "cpu=1"));
        running("c", important("c-3", 3, "cpu=1"));
        running("c", important("c-4", 4, "cpu=1"));
        story.create(important("high", 1000, "cpu=2"));
        story.settle();

        assertThat(victims()).containsExactly("b-1", "b-4");
    }

    @Test
    void amongEqualsThoseGoThatRunForTheShortestTime() throws InterruptedException {
        story.create(node("a", "cpu=1"));
        story.create(node("b", "cpu=1"));
        running("a", important("old", 1, "cpu=1"));
        running("b", important("young", 1, "cpu=1"));
        started("old");
        story.advance(Duration.ofMinutes(1));
        started("young");
        story.create(important("high", 1000, "cpu=1"));
        story.settle();

        assertThat(victims()).containsExactly("young");
    }

    private void started(String name) {
        story.editStatus(
                ResourceTypes.POD,
                "default",
                name,
                pod -> PodBuilder.builder(pod)
                        .status(PodStatusBuilder.builder(pod.status())
                                .startTime(story.clock().instant())
                                .build())
                        .build());
    }

    private void budget(String app, int allowed) {
        story.create(PodDisruptionBudgetBuilder.builder()
                .metadata(Objects.meta("default", app))
                .spec(PodDisruptionBudgetSpecBuilder.builder()
                        .selector(new LabelSelector(List.of(), Map.of("app", app)))
                        .build())
                .status(PodDisruptionBudgetStatusBuilder.builder()
                        .disruptionsAllowed(allowed)
                        .build())
                .build());
        story.editStatus(
                ResourceTypes.POD_DISRUPTION_BUDGET,
                "default",
                app,
                budget -> PodDisruptionBudgetBuilder.builder(budget)
                        .status(PodDisruptionBudgetStatusBuilder.builder(budget.status())
                                .disruptionsAllowed(allowed)
                                .build())
                        .build());
    }

    @Test
    void ratherTakesImportantPodsThanThoseThatABudgetProtects() throws InterruptedException {
        story.create(node("a", "cpu=1"));
        story.create(node("b", "cpu=1"));
        running("a", labelled(important("protected", 1, "cpu=1"), "app=db"));
        running("b", labelled(important("free", 500, "cpu=1"), "app=web"));
        budget("db", 0);
        budget("web", 1);
        story.create(important("high", 1000, "cpu=1"));
        story.settle();

        assertThat(victims()).containsExactly("free");
    }

    @Test
    void violatesABudgetWhenNothingElseHelps() throws InterruptedException {
        story.create(node("a", "cpu=2"));
        running("a", labelled(important("protected", 1, "cpu=1"), "app=db"));
        running("a", labelled(important("free", 500, "cpu=1"), "app=web"));
        budget("db", 0);
        story.create(important("first", 1000, "cpu=1"));
        story.settle();
        assertThat(victims()).containsExactly("free");

        story.create(important("second", 1000, "cpu=1"));
        story.settle();

        assertThat(victims()).containsExactly("free", "protected");
    }

    @Test
    void nobodyLessImportantTakesTheRoom() throws InterruptedException {
        story.create(node("a", "cpu=1"));
        running("a", important("low", 0, "cpu=1"));
        story.create(important("high", 1000, "cpu=1"));
        story.settle();
        story.create(important("quick", 10, "cpu=1"));
        story.settle();

        gone("low");

        assertThat(stored("high").spec().nodeName()).isEqualTo("a");
        assertThat(stored("quick").spec().nodeName()).isNull();
    }

    @Test
    void preemptsNobodyElseWhileTheVictimsEnd() throws InterruptedException {
        story.create(node("a", "cpu=1"));
        story.create(node("b", "cpu=1"));
        running("a", important("low-a", 0, "cpu=1"));
        running("b", important("low-b", 1, "cpu=1"));
        story.create(important("high", 1000, "cpu=1"));
        story.settle();
        assertThat(victims()).containsExactly("low-a");

        story.edit(ResourceTypes.POD, "default", "high", pod -> labelled(pod, "touched=yes"));
        story.settle();

        assertThat(victims()).containsExactly("low-a");
        assertThat(message("high"))
                .isEqualTo("0/2 nodes are available: 2 Insufficient cpu. preemption: not eligible due to a"
                        + " terminating pod on the nominated node.");
        assertThat(stored("high").status().nominatedNodeName()).isEqualTo("a");
    }

    @Test
    void theMoreImportantPreemptorTakesTheRoomOfTheOther() throws InterruptedException {
        story.create(node("a", "cpu=1"));
        running("a", important("low", 0, "cpu=1"));
        story.create(important("high", 1000, "cpu=1"));
        story.settle();
        story.create(important("higher", 2000, "cpu=1"));
        story.settle();

        assertThat(stored("higher").status().nominatedNodeName()).isEqualTo("a");
        assertThat(stored("high").status().nominatedNodeName()).isNull();

        gone("low");

        assertThat(stored("higher").spec().nodeName()).isEqualTo("a");
        assertThat(stored("high").spec().nodeName()).isNull();
    }

    @Test
    void takesAwayWhoMustNotBeNear() throws InterruptedException {
        story.create(node("a", "cpu=8"));
        running("a", labelled(important("noisy", 0, "cpu=1"), "app=noisy"));
        running("a", labelled(important("quiet", 0, "cpu=1"), "app=quiet"));
        var selector = new LabelSelector(List.of(), Map.of("app", "noisy"));
        var term = new PodAffinityTerm(selector, List.of(), List.of(), null, List.of(), "kubernetes.io/hostname");
        story.create(with(
                important("high", 1000, "cpu=1"),
                spec -> spec.affinity(new Affinity(null, null, new PodAntiAffinity(List.of(), List.of(term))))));
        story.settle();
        assertThat(victims()).containsExactly("noisy");

        gone("noisy");

        assertThat(stored("high").spec().nodeName()).isEqualTo("a");
    }
}
