package dev.orchestrator.runtime.controller.podgc;

import java.time.Duration;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.story.Objects.node;
import static dev.orchestrator.runtime.story.Objects.pod;
import static dev.orchestrator.runtime.story.Objects.with;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class PodGarbageStoryTest {

    private final Story story = new Story(parts -> new PodGarbageController(parts.store(), parts.time(), 3));

    @AfterEach
    void close() {
        story.close();
    }

    @Test
    void deletesThePodsOfANodeThatStaysAway() throws InterruptedException {
        story.create(node("a"));
        story.create(with(pod("web"), spec -> spec.nodeName("a")));
        story.settle();

        story.delete(ResourceTypes.NODE, "", "a", null);
        story.advance(Duration.ofSeconds(39));
        assertThat(story.find(ResourceTypes.POD, "default", "web")).isNotNull();

        story.advance(Duration.ofSeconds(1));
        assertThat(story.find(ResourceTypes.POD, "default", "web")).isNull();
    }

    @Test
    void keepsThePodsOfANodeThatComesBack() throws InterruptedException {
        story.create(node("a"));
        story.create(with(pod("web"), spec -> spec.nodeName("a")));
        story.settle();

        story.delete(ResourceTypes.NODE, "", "a", null);
        story.advance(Duration.ofSeconds(20));
        story.create(node("a"));
        story.advance(Duration.ofMinutes(2));

        assertThat(story.find(ResourceTypes.POD, "default", "web")).isNotNull();
    }

    @Test
    void deletesTheOldestFinishedPodsOnceThereAreTooMany() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            story.create(pod("p" + i));
            story.editStatus(
                    ResourceTypes.POD,
                    "default",
                    "p" + i,
                    pod -> PodBuilder.builder(pod)
                            .status(PodStatusBuilder.builder(pod.status())
                                    .phase("Succeeded")
                                    .build())
                            .build());
            story.advance(Duration.ofSeconds(1));
        }

        assertThat(story.store().list(ResourceTypes.POD))
                .extracting(pod -> pod.metadata().name())
                .containsExactly("p2", "p3", "p4");
    }
}
