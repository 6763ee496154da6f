package dev.orchestrator.runtime.controller.tainteviction;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.core.NodeSpecBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.story.Objects.node;
import static dev.orchestrator.runtime.story.Objects.pod;
import static dev.orchestrator.runtime.story.Objects.with;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class TaintEvictionStoryTest {

    private static final Taint GPU = new Taint("NoExecute", "gpu", null, "broken");

    private final Story story =
            new Story(parts -> new TaintEvictionController(parts.store(), parts.time(), parts.events()));

    @BeforeEach
    void twoNodes() {
        story.create(node("a"));
        story.create(node("b"));
    }

    @AfterEach
    void close() {
        story.close();
    }

    private Pod onA(String name, Toleration... tolerations) {
        return with(pod(name), spec -> spec.nodeName("a").tolerations(List.of(tolerations)));
    }

    private static Toleration forSeconds(Long seconds) {
        return new Toleration("NoExecute", "gpu", "Exists", seconds, null);
    }

    private void taint(Taint... taints) throws InterruptedException {
        story.edit(ResourceTypes.NODE, "", "a", node -> tainted(node, taints));
        story.settle();
    }

    private static Node tainted(Node node, Taint... taints) {
        return NodeBuilder.builder(node)
                .spec(NodeSpecBuilder.builder(node.spec())
                        .taints(List.of(taints))
                        .build())
                .build();
    }

    private boolean stays(String name) {
        return story.find(ResourceTypes.POD, "default", name) != null;
    }

    @Test
    void whatDoesNotTolerateATaintGoesAtOnceAndWhatToleratesItStays() throws InterruptedException {
        story.create(onA("plain"));
        story.create(onA("tolerant", new Toleration("NoExecute", "gpu", "Exists", null, null)));
        story.create(with(pod("elsewhere"), spec -> spec.nodeName("b")));

        taint(GPU);
        story.advance(Duration.ofDays(1));

        assertThat(stays("plain")).isFalse();
        assertThat(stays("tolerant")).isTrue();
        assertThat(stays("elsewhere")).isTrue();
        assertThat(story.events())
                .containsExactly("Normal TaintManagerEviction default/plain: Marking for deletion Pod default/plain");
    }

    @Test
    void whatToleratesATaintForATimeGoesWhenTheTimeIsOver() throws InterruptedException {
        story.create(onA("web", forSeconds(60L)));

        taint(GPU);
        story.advance(Duration.ofSeconds(59));
        assertThat(stays("web")).isTrue();

        story.advance(Duration.ofSeconds(1));
        assertThat(stays("web")).isFalse();
    }

    @Test
    void whatIsCountedDownStaysWhenTheTaintGoesInTime() throws InterruptedException {
        story.create(onA("web", forSeconds(60L)));
        taint(GPU);
        story.advance(Duration.ofSeconds(59));

        taint();
        story.advance(Duration.ofMinutes(10));
        assertThat(stays("web")).isTrue();
        assertThat(story.events())
                .containsExactly("Normal TaintManagerEviction default/web: Cancelling deletion of Pod default/web");

        // And has all of its time again.
        taint(GPU);
        story.advance(Duration.ofSeconds(59));
        assertThat(stays("web")).isTrue();
        story.advance(Duration.ofSeconds(1));
        assertThat(stays("web")).isFalse();
    }

    @Test
    void aSecondTaintDoesNotBeginTheTimeAnew() throws InterruptedException {
        story.create(onA("web", forSeconds(60L), new Toleration("NoExecute", "disk", "Exists", 600L, null)));
        taint(GPU);
        story.advance(Duration.ofSeconds(40));

        taint(GPU, new Taint("NoExecute", "disk", null, "broken"));
        story.advance(Duration.ofSeconds(20));

        assertThat(stays("web")).isFalse();
    }

    @Test
    void aPodThatComesToATaintedNodeIsJudgedLikeThoseThatWereThere() throws InterruptedException {
        taint(GPU);

        story.create(onA("plain"));
        story.create(onA("web", forSeconds(60L)));
        story.settle();

        assertThat(stays("plain")).isFalse();
        assertThat(stays("web")).isTrue();
        story.advance(Duration.ofSeconds(60));
        assertThat(stays("web")).isFalse();
    }

    @Test
    void otherEffectsLeavePodsWhereTheyAre() throws InterruptedException {
        story.create(onA("web"));

        taint(new Taint("NoSchedule", "gpu", null, "broken"), new Taint("PreferNoSchedule", "gpu", null, "broken"));
        story.advance(Duration.ofDays(1));

        assertThat(stays("web")).isTrue();
    }

    @Test
    void aPodSaysWhyItIsDeletedWhileItStillRuns() throws InterruptedException {
        story.create(with(onA("web"), spec -> spec.terminationGracePeriodSeconds(30L)));

        taint(GPU);

        Pod going = story.get(ResourceTypes.POD, "default", "web");
        assertThat(going.metadata().isTerminating()).isTrue();
        assertThat(going.status().conditions())
                .filteredOn(condition -> condition.type().equals("DisruptionTarget"))
                .extracting(PodCondition::reason, PodCondition::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint"));
    }
}
