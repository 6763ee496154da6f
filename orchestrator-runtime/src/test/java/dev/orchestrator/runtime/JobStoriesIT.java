package dev.orchestrator.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.AwaitException;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.memory.ContainerScript;
import dev.orchestrator.memory.InMemoryDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.cronJob;
import static dev.orchestrator.api.draft.Drafts.job;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Jobs and cron jobs in a whole orchestrator, on a manual clock. */
class JobStoriesIT {

    private static final Duration PATIENCE = ofSeconds(60);

    private final ManualClock clock = new ManualClock();
    private final Orchestrator cluster;

    JobStoriesIT() throws InterruptedException {
        var driver = new InMemoryDriver()
                .image("batch:1", ContainerScript.runFor(ofSeconds(5)))
                .image("broken:1", ContainerScript.runFor(ofSeconds(1)).exitCode(1))
                .image("index:1", container -> isOdd(container.env().get("JOB_COMPLETION_INDEX")) ? 1 : 0);
        cluster = Orchestrator.builder(driver).time(clock).start();
    }

    private static boolean isOdd(@Nullable String number) {
        return number != null && Integer.parseInt(number) % 2 == 1;
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void runsToItsEnd() throws InterruptedException {
        cluster.apply(job("work")
                .completions(3)
                .parallelism(2)
                .restartPolicy("Never")
                .container("main", c -> c.image("batch:1")));
        clock.settle();
        assertThat(cluster.jobs().named("work").get().status().active()).isEqualTo(2);

        clock.advance(ofSeconds(30));

        Job job = cluster.jobs().named("work").awaitComplete(PATIENCE).get();
        assertThat(job.status().succeeded()).isEqualTo(3);
        assertThat(cluster.jobs().named("work").pods()).hasSize(3).allMatch(Pod::isFinished);
    }

    @Test
    void givesUpAndSaysWhy() throws InterruptedException {
        cluster.apply(job("work").backoffLimit(1).restartPolicy("Never").container("main", c -> c.image("broken:1")));
        clock.advance(ofMinutes(1));

        assertThatThrownBy(() -> cluster.jobs().named("work").awaitComplete(PATIENCE))
                .isInstanceOf(AwaitException.class)
                .hasMessageStartingWith(
                        "job default/work: waited to be complete: it has failed: BackoffLimitExceeded: Job"
                                + " has reached the specified backoff limit");
        assertThat(cluster.jobs()
                        .named("work")
                        .awaitFinished(PATIENCE)
                        .get()
                        .status()
                        .failed())
                .isEqualTo(2);
    }

    @Test
    void anIndexThatFailsIsTriedAgainAndGivenUp() throws InterruptedException {
        cluster.apply(job("work")
                .completions(4)
                .parallelism(4)
                .restartPolicy("Never")
                .spec(spec -> spec.completionMode("Indexed").backoffLimitPerIndex(1))
                .container("main", c -> c.image("index:1")));
        clock.advance(ofMinutes(2));

        Job job = cluster.jobs().named("work").awaitFinished(PATIENCE).get();
        assertThat(job.isFailed()).isTrue();
        assertThat(job.status().completedIndexes()).isEqualTo("0,2");
        assertThat(job.status().failedIndexes()).isEqualTo("1,3");
        assertThat(job.status().failed()).isEqualTo(4);
    }

    @Test
    void aJobIsSuspendedResumedAndExpires() throws InterruptedException {
        cluster.apply(job("work")
                .restartPolicy("Never")
                .spec(spec -> spec.ttlSecondsAfterFinished(100))
                .container("main", c -> c.image("batch:1")));
        clock.settle();
        var job = cluster.jobs().named("work").suspend();
        clock.advance(ofMinutes(10));
        assertThat(job.get().isFinished()).isFalse();
        assertThat(job.pods()).isEmpty();

        job.resume();
        clock.advance(ofSeconds(10));
        assertThat(job.get().isComplete()).isTrue();
        clock.advance(ofMinutes(2));

        assertThat(job.exists()).isFalse();
        assertThat(cluster.pods().count()).isZero();
    }

    @Test
    void aWeekOfACronJobPassesAtOnce() throws InterruptedException {
        cluster.apply(cronJob("tick")
                .schedule("0 */6 * * *")
                .restartPolicy("Never")
                .spec(spec -> spec.successfulJobsHistoryLimit(2))
                .container("main", c -> c.image("batch:1")));
        clock.settle();
        Job byHand = cluster.cronJobs().named("tick").createJob("by-hand").get();
        assertThat(byHand.metadata().annotations()).isEqualTo(Map.of("cronjob.kubernetes.io/instantiate", "manual"));

        clock.advance(ofDays(7).plus(ofMinutes(1)));

        var tick = cluster.cronJobs().named("tick");
        List<Job> jobs = tick.jobs();
        assertThat(jobs).hasSize(2).allMatch(Job::isComplete);
        assertThat(tick.get().status().lastScheduleTime())
                .isEqualTo(clock.instant().minusSeconds(60));
        assertThat(tick.get().status().lastSuccessfulTime())
                .isEqualTo(clock.instant().minusSeconds(55));
        assertThat(cluster.pods().count()).isEqualTo(2);
    }
}
