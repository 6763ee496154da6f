package dev.orchestrator.runtime.controller.ttl;

import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.batch.JobCondition;
import dev.orchestrator.api.model.batch.JobSpecBuilder;
import dev.orchestrator.api.model.batch.JobStatusBuilder;
import dev.orchestrator.runtime.controller.garbage.GarbageCollector;
import dev.orchestrator.runtime.story.Objects;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

class TtlAfterFinishedTest {

    private final Story story = new Story(
            parts -> new TtlAfterFinishedController(parts.store(), parts.time()),
            parts -> new GarbageCollector(parts.store(), parts.events()));

    @AfterEach
    void close() {
        story.close();
    }

    private void job(Integer ttl) {
        story.create(JobBuilder.builder()
                .metadata(Objects.meta("default", "work"))
                .spec(JobSpecBuilder.builder().ttlSecondsAfterFinished(ttl).build())
                .build());
    }

    private void end(String condition) throws InterruptedException {
        Instant now = story.clock().instant();
        story.editStatus(
                ResourceTypes.JOB,
                "default",
                "work",
                job -> JobBuilder.builder(job)
                        .status(JobStatusBuilder.builder()
                                .conditions(List.of(new JobCondition(now, now, "", "", "True", condition)))
                                .build())
                        .build());
        story.settle();
    }

    private boolean isThere() {
        return story.find(ResourceTypes.JOB, "default", "work") != null;
    }

    @Test
    void deletesAJobSomeTimeAfterItsEnd() throws InterruptedException {
        job(60);
        story.advance(ofSeconds(1000));
        end("Failed");
        story.advance(ofSeconds(59));
        assertThat(isThere()).isTrue();

        story.advance(ofSeconds(1));

        assertThat(isThere()).isFalse();
    }

    @Test
    void deletesAJobAtOnceIfItSaysSo() throws InterruptedException {
        job(0);
        end("Complete");

        assertThat(isThere()).isFalse();
    }

    @Test
    void followsALaterTime() throws InterruptedException {
        job(60);
        end("Complete");
        story.advance(ofSeconds(30));
        story.edit(
                ResourceTypes.JOB,
                "default",
                "work",
                job -> JobBuilder.builder(job)
                        .spec(JobSpecBuilder.builder(job.spec())
                                .ttlSecondsAfterFinished(100)
                                .build())
                        .build());
        story.advance(ofSeconds(69));
        assertThat(isThere()).isTrue();

        story.advance(ofSeconds(1));

        assertThat(isThere()).isFalse();
    }
}
