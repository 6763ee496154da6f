package dev.orchestrator.runtime.controller.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.story.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Pod pod(int number, String phase) {
        return PodBuilder.builder(Objects.pod("p" + number))
                .metadata(ObjectMetaBuilder.builder(Objects.meta("default", "p" + number))
                        .uid("uid-" + number)
                        .creationTimestamp(NOW.minusSeconds(60 - number))
                        .finalizers(List.of(Tracking.FINALIZER))
                        .build())
                .status(PodStatusBuilder.builder().phase(phase).build())
                .build();
    }

    private static List<Pod> pods(int running, int succeeded, int failed) {
        var pods = new ArrayList<Pod>();
        for (int i = 0; i < running; i++) {
            pods.add(pod(pods.size(), "Running"));
        }
        for (int i = 0; i < succeeded; i++) {
            pods.add(pod(pods.size(), "Succeeded"));
        }
        for (int i = 0; i < failed; i++) {
            pods.add(pod(pods.size(), "Failed"));
        }
        return pods;
    }

    private static JobPlan plan(Job job, List<Pod> pods) {
        var state = JobState.of(job, pods, NOW);
        return JobPlan.of(state, Ending.of(state), FailureRecord.NONE);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        nothing runs yet                        | 3 | 2 | 0 | 0 | 0 | 2
        as many as are needed                   | 3 | 2 | 2 | 0 | 0 | 0
        one has succeeded                       | 3 | 2 | 1 | 1 | 0 | 1
        fewer are missing than may run          | 3 | 2 | 0 | 2 | 0 | 1
        all have succeeded                      | 3 | 2 | 0 | 3 | 0 | 0
        one has failed                          | 3 | 2 | 1 | 0 | 1 | 1
        more run than may                       | 5 | 1 | 3 | 0 | 0 | -2
        more run than are missing               | 3 | 3 | 3 | 1 | 0 | -1
        nobody may run                          | 3 | 0 | 2 | 0 | 0 | -2
        without completions, before a success   | - | 2 | 1 | 0 | 0 | 1
        without completions, after a success    | - | 3 | 1 | 1 | 0 | 0
        more than one pass creates              | 900 | 900 | 0 | 0 | 0 | 500
        """)
    void closesTheGap(
            String scenario, Integer completions, int parallelism, int running, int succeeded, int failed, int change) {
        Job job = JobStory.job(spec -> spec.completions(completions).parallelism(parallelism));

        JobPlan plan = plan(job, pods(running, succeeded, failed));

        assertThat(plan.create()).as(scenario).hasSize(Math.max(0, change));
        assertThat(plan.drop()).as(scenario).hasSize(Math.max(0, -change));
        assertThat(plan.stop()).as(scenario).isEmpty();
    }

    @Test
    void givesUpThoseThatHaveDoneLeast() {
        Pod pending = pod(1, "Pending");
        Pod running = pod(2, "Running");

        JobPlan plan = plan(JobStory.job(spec -> spec.completions(3).parallelism(1)), List.of(running, pending));

        assertThat(plan.drop()).containsExactly(pending);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no failure            | 0  | 0    | 0
        the first             | 1  | 0    | 10
        some time later       | 1  | 4    | 6
        long ago              | 1  | 10   | 0
        the third             | 3  | 0    | 40
        the sixth             | 6  | 0    | 320
        the seventh           | 7  | 0    | 600
        the hundredth         | 100| 0    | 600
        """)
    void waitsLongerAfterEachFailure(String scenario, int failures, int ago, int seconds) {
        var record = new FailureRecord(failures, NOW.minusSeconds(ago));

        assertThat(record.remaining(NOW)).as(scenario).isEqualTo(Duration.ofSeconds(seconds));
    }
}
