package dev.orchestrator.runtime.scheduler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.scheduling.SchedulerPlugins;
import dev.orchestrator.api.scheduling.SchedulingPermit.Answer;
import dev.orchestrator.api.scheduling.SchedulingPermit.Ticket;
import dev.orchestrator.api.scheduling.SchedulingPostFilter.Room;
import dev.orchestrator.api.scheduling.SchedulingReserve;
import dev.orchestrator.runtime.story.Story;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.story.Objects.labelled;
import static dev.orchestrator.runtime.story.Objects.node;
import static dev.orchestrator.runtime.story.Objects.pod;
import static dev.orchestrator.runtime.story.Objects.with;
import static org.assertj.core.api.Assertions.assertThat;

/** Scheduling rules of the embedding program. */
@Timeout(30)
class CustomRulesStoryTest {

    private @Nullable Story opened;

    private Story story(SchedulerPlugins plugins) {
        var story = new Story(parts -> new Scheduler(
                parts.store(),
                parts.time(),
                parts.events(),
                SchedulerProfile.standard(1).with(plugins)));
        opened = story;
        return story;
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private static Pod stored(Story story, String name) {
        return story.get(ResourceTypes.POD, "default", name);
    }

    private static @Nullable String nodeOf(Story story, String name) {
        return stored(story, name).spec().nodeName();
    }

    private static String message(Story story, String name) {
        return String.valueOf(
                stored(story, name).condition("PodScheduled").orElseThrow().message());
    }

    @Test
    void aFilterKeepsPodsOffNodesAndSaysWhy() throws InterruptedException {
        var story = story(SchedulerPlugins.NONE.filter(
                "Licences",
                (pod, node) -> node.pods().isEmpty() ? Optional.of("node(s) had no licence") : Optional.empty()));
        story.create(node("a"));
        story.create(node("b"));
        story.create(pod("web"));
        story.settle();

        assertThat(message(story, "web"))
                .isEqualTo("0/2 nodes are available: 2 node(s) had no licence. preemption: 0/2 nodes are available: 2"
                        + " No preemption victims found for incoming pod.");

        story.create(with(pod("licence"), spec -> spec.nodeName("b")));
        story.settle();

        assertThat(nodeOf(story, "web")).isEqualTo("b");
    }

    @Test
    void aScorePrefersNodes() throws InterruptedException {
        var story = story(SchedulerPlugins.NONE.score(
                "ByName",
                10,
                (pod, node) -> -node.node().metadata().nameOrEmpty().charAt(0)));
        for (String name : List.of("c", "b", "a", "d")) {
            story.create(node(name, "cpu=4"));
        }
        story.create(pod("web", "cpu=1"));
        story.settle();

        assertThat(nodeOf(story, "web")).isEqualTo("a");
    }

    @Test
    void aRuleThatThrowsIsReportedAndDelaysNobodyElse() throws InterruptedException {
        var story = story(SchedulerPlugins.NONE.filter("Broken", (pod, node) -> {
            if (pod.key().name().equals("bad")) {
                throw new IllegalStateException("out of order");
            }
            return Optional.empty();
        }));
        story.create(node("a"));
        story.create(pod("bad"));
        story.create(pod("good"));
        story.settle();

        assertThat(nodeOf(story, "good")).isEqualTo("a");
        assertThat(stored(story, "bad").condition("PodScheduled").orElseThrow().reason())
                .isEqualTo("SchedulerError");
        assertThat(message(story, "bad")).isEqualTo("out of order");
    }

    /** Slots of which there is a number. */
    private static final class Slots implements SchedulingReserve {

        private int free;
        private final List<String> calls = new ArrayList<>();

        @Override
        public Optional<String> reserve(Pod pod, String node) {
            calls.add("reserve " + pod.key().name());
            return free-- > 0 ? Optional.empty() : Optional.of("no slot was free");
        }

        @Override
        public void unreserve(Pod pod, String node) {
            calls.add("unreserve " + pod.key().name());
            free++;
        }
    }

    @Test
    void aReservationThatIsRefusedIsTriedAgainLater() throws InterruptedException {
        var slots = new Slots();
        var story = story(SchedulerPlugins.NONE.reserve("Slots", slots));
        story.create(node("a", "pods=1"));
        story.create(pod("web"));
        story.settle();

        assertThat(message(story, "web")).isEqualTo("0/1 nodes are available: 1 no slot was free.");
        assertThat(slots.calls).containsExactly("reserve web", "unreserve web");

        slots.free = 1;
        story.advance(Duration.ofSeconds(1));

        assertThat(nodeOf(story, "web")).isEqualTo("a");
        assertThat(slots.calls).containsExactly("reserve web", "unreserve web", "reserve web");
    }

    @Test
    void podsWaitForEachOtherAndGoTogether() throws InterruptedException {
        var tickets = new ArrayList<Ticket>();
        var story = story(SchedulerPlugins.NONE.permit("Gang", (pod, node, ticket) -> {
            if (!pod.metadata().labels().containsKey("gang")) {
                return new Answer.Allow();
            }
            tickets.add(ticket);
            return new Answer.Wait(Duration.ofMinutes(1));
        }));
        story.create(node("a", "pods=3"));
        story.create(labelled(pod("one"), "gang=x"));
        story.create(labelled(pod("two"), "gang=x"));
        story.create(pod("alone"));
        story.create(pod("late"));
        story.settle();

        assertThat(nodeOf(story, "one")).isNull();
        assertThat(nodeOf(story, "alone")).isEqualTo("a");
        assertThat(message(story, "late"))
                .as("the places of those that wait are taken")
                .startsWith("0/1 nodes are available: 1 Too many pods.");

        tickets.forEach(Ticket::allow);
        story.settle();

        assertThat(nodeOf(story, "one")).isEqualTo("a");
        assertThat(nodeOf(story, "two")).isEqualTo("a");
    }

    @Test
    void whoWaitsTooLongLosesItsPlace() throws InterruptedException {
        var slots = new Slots();
        slots.free = 1;
        var story = story(SchedulerPlugins.NONE
                .reserve("Slots", slots)
                .permit("Gang", (pod, node, ticket) -> new Answer.Wait(Duration.ofSeconds(30))));
        story.create(node("a"));
        story.create(pod("web"));
        story.settle();
        assertThat(slots.free).isZero();

        story.advance(Duration.ofSeconds(30));

        assertThat(message(story, "web"))
                .isEqualTo("0/1 nodes are available: 1 rejected due to timeout after waiting 30s at plugin Gang.");
        assertThat(slots.free).isEqualTo(1);
    }

    @Test
    void aPodThatIsDeletedWhileItWaitsLeavesItsPlace() throws InterruptedException {
        var story = story(SchedulerPlugins.NONE.permit(
                "Gang",
                (pod, node, ticket) -> pod.key().name().equals("waiting")
                        ? new Answer.Wait(Duration.ofHours(1))
                        : new Answer.Allow()));
        story.create(node("a", "pods=1"));
        story.create(pod("waiting"));
        story.settle();
        story.create(pod("next"));
        story.settle();
        assertThat(nodeOf(story, "next")).isNull();

        story.delete(ResourceTypes.POD, "default", "waiting", null);
        story.settle();

        assertThat(nodeOf(story, "next")).isEqualTo("a");
    }

    @Test
    void makesRoomItsOwnWay() throws InterruptedException {
        var story = story(SchedulerPlugins.NONE.postFilter("Evictor", (pod, refusals) -> {
            assertThat(refusals).containsEntry("a", List.of("Insufficient cpu"));
            return pod.key().name().equals("vip")
                    ? Optional.of(new Room("a", List.of(new ObjectKey("default", "old"))))
                    : Optional.empty();
        }));
        story.create(node("a", "cpu=1"));
        story.create(with(pod("old", "cpu=1"), spec -> spec.nodeName("a").terminationGracePeriodSeconds(30L)));
        story.create(pod("vip", "cpu=1"));
        story.create(pod("other", "cpu=1"));
        story.settle();
        assertThat(stored(story, "vip").status().nominatedNodeName()).isEqualTo("a");
        assertThat(message(story, "other"))
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No"
                        + " preemption victims found for incoming pod.");

        story.delete(ResourceTypes.POD, "default", "old", null);
        story.settle();

        assertThat(nodeOf(story, "vip")).isEqualTo("a");
    }
}
