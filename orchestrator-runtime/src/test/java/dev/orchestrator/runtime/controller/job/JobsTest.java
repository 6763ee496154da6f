package dev.orchestrator.runtime.controller.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.core.ContainerStatusBuilder;
import dev.orchestrator.api.model.core.EnvVarBuilder;
import dev.orchestrator.api.model.core.EnvVarSourceBuilder;
import dev.orchestrator.api.model.core.ObjectFieldSelector;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.story.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

class JobsTest {

    private final JobStory cluster = new JobStory();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void runsOnePodAndIsComplete() throws InterruptedException {
        cluster.start(spec -> spec);
        Pod pod = cluster.pods().getFirst();
        assertThat(pod.metadata().nameOrEmpty()).startsWith("work-");
        assertThat(pod.metadata().finalizers()).containsExactly("batch.kubernetes.io/job-tracking");
        assertThat(pod.metadata().labels())
                .containsEntry("job-name", "work")
                .containsEntry("batch.kubernetes.io/job-name", "work");
        cluster.run(pod);
        cluster.settle();
        assertThat(cluster.status().active()).isEqualTo(1);
        assertThat(cluster.status().ready()).isEqualTo(1);

        cluster.succeed(pod);

        assertThat(cluster.status().succeeded()).isEqualTo(1);
        assertThat(cluster.status().active()).isZero();
        assertThat(cluster.status().ready()).isZero();
        assertThat(cluster.status().completionTime()).isNotNull();
        assertThat(cluster.conditions())
                .containsExactly("SuccessCriteriaMet=True CompletionsReached", "Complete=True CompletionsReached");
        assertThat(cluster.message("Complete")).isEqualTo("Reached expected number of succeeded pods");
        assertThat(cluster.pods().getFirst().metadata().finalizers()).isEmpty();
        assertThat(cluster.story.events())
                .containsExactly(
                        "Normal SuccessfulCreate default/work: Created pod: "
                                + pod.metadata().name(),
                        "Normal Completed default/work: Job completed");
    }

    @Test
    void keepsAsManyPodsAsAreStillNeeded() throws InterruptedException {
        cluster.start(spec -> spec.completions(5).parallelism(3));
        assertThat(cluster.active()).hasSize(3);

        cluster.succeed(cluster.active().getFirst());
        cluster.succeed(cluster.active().getFirst());
        assertThat(cluster.active()).hasSize(3);
        cluster.succeed(cluster.active().getFirst());
        assertThat(cluster.active()).hasSize(2);
        cluster.succeed(cluster.active().getFirst());
        cluster.succeed(cluster.active().getFirst());

        assertThat(cluster.job().isComplete()).isTrue();
        assertThat(cluster.status().succeeded()).isEqualTo(5);
        assertThat(cluster.pods()).hasSize(5);
    }

    @Test
    void withoutCompletionsTheFirstSuccessIsTheLastStart() throws InterruptedException {
        cluster.start(spec -> spec.parallelism(3));
        assertThat(cluster.job().spec().completions()).isNull();
        cluster.succeed(cluster.active().getFirst());
        assertThat(cluster.active()).hasSize(2);
        assertThat(cluster.job().isFinished()).isFalse();

        cluster.fail(cluster.active().getFirst());
        cluster.succeed(cluster.active().getFirst());

        assertThat(cluster.job().isComplete()).isTrue();
        assertThat(cluster.status().succeeded()).isEqualTo(2);
        assertThat(cluster.status().failed()).isEqualTo(1);
    }

    @Test
    void followsANewParallelism() throws InterruptedException {
        cluster.start(spec -> spec.completions(10).parallelism(2));
        cluster.edit(spec -> spec.parallelism(4));
        assertThat(cluster.active()).hasSize(4);

        Pod ready = cluster.active().getLast();
        cluster.run(ready);
        cluster.settle();
        cluster.edit(spec -> spec.parallelism(1));

        assertThat(cluster.active())
                .extracting(pod -> pod.metadata().uid())
                .containsExactly(ready.metadata().uid());
        assertThat(cluster.status().failed()).isZero();
        assertThat(cluster.events("SuccessfulDelete")).hasSize(3);
    }

    @Test
    void everyIndexHasItsPod() throws InterruptedException {
        cluster.start(spec -> spec.completions(5).parallelism(3).completionMode("Indexed"));
        assertThat(cluster.activeIndexes()).containsExactly(0, 1, 2);
        Pod first = cluster.active(0);
        assertThat(first.metadata().nameOrEmpty()).startsWith("work-0-");
        assertThat(first.metadata().annotations()).containsEntry("batch.kubernetes.io/job-completion-index", "0");
        assertThat(first.metadata().labels()).containsEntry("batch.kubernetes.io/job-completion-index", "0");
        assertThat(first.spec().hostname()).isEqualTo("work-0");
        var source = EnvVarSourceBuilder.builder()
                .fieldRef(new ObjectFieldSelector("v1", "metadata.labels['batch.kubernetes.io/job-completion-index']"))
                .build();
        assertThat(first.spec().containers().getFirst().env())
                .containsExactly(EnvVarBuilder.builder()
                        .name("JOB_COMPLETION_INDEX")
                        .valueFrom(source)
                        .build());

        cluster.succeed(cluster.active(1));
        assertThat(cluster.status().completedIndexes()).isEqualTo("1");
        cluster.succeed(cluster.active(2));
        cluster.succeed(cluster.active(3));
        cluster.advance(ofSeconds(1));
        cluster.fail(cluster.active(0));
        assertThat(cluster.activeIndexes()).containsExactly(4);
        assertThat(cluster.status().completedIndexes()).isEqualTo("1-3");

        cluster.advance(ofSeconds(10));
        cluster.succeed(cluster.active(4));
        cluster.succeed(cluster.active(0));

        assertThat(cluster.job().isComplete()).isTrue();
        assertThat(cluster.status().completedIndexes()).isEqualTo("0-4");
        assertThat(cluster.status().succeeded()).isEqualTo(5);
        assertThat(cluster.status().failed()).isEqualTo(1);
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureInARow() throws InterruptedException {
        cluster.start(spec -> spec.backoffLimit(10));
        int[] seconds = {10, 20, 40, 80, 160, 320, 600, 600};
        for (int delay : seconds) {
            cluster.fail(cluster.active().getFirst());
            cluster.advance(ofSeconds(delay - 1));
            assertThat(cluster.active()).as("before %d s", delay).isEmpty();
            cluster.advance(ofSeconds(1));
            assertThat(cluster.active()).as("after %d s", delay).hasSize(1);
        }
        assertThat(cluster.status().failed()).isEqualTo(8);
    }

    @Test
    void aSuccessEndsTheWaiting() throws InterruptedException {
        cluster.start(spec -> spec.completions(3).parallelism(2));
        cluster.fail(cluster.active().getFirst());
        assertThat(cluster.active()).hasSize(1);
        assertThat(cluster.status().active()).isEqualTo(1);

        cluster.advance(ofSeconds(1));
        cluster.succeed(cluster.active().getFirst());

        assertThat(cluster.active()).hasSize(2);
    }

    @Test
    void isGivenUpWhenTooManyPodsFail() throws InterruptedException {
        cluster.start(spec -> spec.backoffLimit(1).completions(3).parallelism(2));
        Pod survivor = cluster.active().getLast();
        cluster.run(survivor);
        cluster.fail(cluster.active().getFirst());
        cluster.advance(ofSeconds(10));
        cluster.fail(cluster.active().stream()
                .filter(pod -> !pod.key().equals(survivor.key()))
                .findFirst()
                .orElseThrow());

        assertThat(cluster.conditions()).containsExactly("FailureTarget=True BackoffLimitExceeded");
        assertThat(cluster.status().terminating()).isEqualTo(1);
        cluster.allEnded();

        assertThat(cluster.conditions())
                .containsExactly("FailureTarget=True BackoffLimitExceeded", "Failed=True BackoffLimitExceeded");
        assertThat(cluster.message("Failed")).isEqualTo("Job has reached the specified backoff limit");
        assertThat(cluster.status().failed()).isEqualTo(3);
        assertThat(cluster.status().active()).isZero();
        assertThat(cluster.status().completionTime()).isNull();
        assertThat(cluster.events("BackoffLimitExceeded"))
                .containsExactly(
                        "Warning BackoffLimitExceeded default/work: Job has reached the specified backoff" + " limit");
    }

    @Test
    void aPodThatIsDeletedCountsAsFailedAndIsReplaced() throws InterruptedException {
        cluster.start(spec -> spec);
        Pod pod = cluster.active().getFirst();
        cluster.run(pod);
        cluster.delete(pod);

        assertThat(cluster.status().failed()).isEqualTo(1);
        assertThat(cluster.status().terminating()).isEqualTo(1);
        cluster.advance(ofSeconds(10));
        assertThat(cluster.active()).hasSize(1);
        cluster.ended(pod);

        assertThat(cluster.status().failed()).isEqualTo(1);
        assertThat(cluster.status().terminating()).isZero();
        assertThat(cluster.status().active()).isEqualTo(1);
    }

    @Test
    void isSuspendedAndResumed() throws InterruptedException {
        cluster.start(spec -> spec.completions(2).parallelism(2).activeDeadlineSeconds(60L));
        Instant begun = cluster.status().startTime();
        cluster.active().forEach(cluster::run);
        cluster.advance(ofSeconds(30));

        cluster.edit(spec -> spec.suspend(true));
        cluster.allEnded();
        assertThat(cluster.pods()).isEmpty();
        assertThat(cluster.conditions()).containsExactly("Suspended=True JobSuspended");
        assertThat(cluster.status().active()).isZero();
        assertThat(cluster.status().failed()).isZero();
        cluster.advance(ofMinutes(5));
        assertThat(cluster.job().isFinished()).isFalse();

        cluster.edit(spec -> spec.suspend(false));
        assertThat(cluster.active()).hasSize(2);
        assertThat(cluster.conditions()).containsExactly("Suspended=False JobResumed");
        assertThat(Duration.between(begun, cluster.status().startTime())).isEqualTo(ofSeconds(330));
        assertThat(cluster.events("Suspended")).containsExactly("Normal Suspended default/work: Job suspended");
        assertThat(cluster.events("Resumed")).containsExactly("Normal Resumed default/work: Job resumed");

        cluster.advance(ofSeconds(59));
        assertThat(cluster.job().isFinished()).isFalse();
        cluster.advance(ofSeconds(1));
        assertThat(cluster.conditions())
                .containsExactly(
                        "Suspended=False JobResumed",
                        "FailureTarget=True DeadlineExceeded",
                        "Failed=True DeadlineExceeded");
    }

    @Test
    void aJobThatBeginsSuspendedStartsWhenItIsResumed() throws InterruptedException {
        cluster.start(spec -> spec.suspend(true));
        assertThat(cluster.pods()).isEmpty();
        assertThat(cluster.status().startTime()).isNull();
        assertThat(cluster.conditions()).containsExactly("Suspended=True JobSuspended");

        cluster.advance(ofSeconds(10));
        cluster.edit(spec -> spec.suspend(false));

        assertThat(cluster.status().startTime()).isEqualTo(cluster.story.clock().instant());
        assertThat(cluster.active()).hasSize(1);
    }

    @Test
    void endsWithItsDeadline() throws InterruptedException {
        cluster.start(spec -> spec.activeDeadlineSeconds(30L));
        cluster.run(cluster.active().getFirst());
        cluster.advance(ofSeconds(30));
        cluster.allEnded();

        assertThat(cluster.conditions())
                .containsExactly("FailureTarget=True DeadlineExceeded", "Failed=True DeadlineExceeded");
        assertThat(cluster.message("Failed")).isEqualTo("Job was active longer than specified deadline");
        assertThat(cluster.status().failed()).isEqualTo(1);
    }

    @Test
    void restartsInPlaceCountAsFailures() throws InterruptedException {
        var template = JobStory.job(spec -> spec).spec().template();
        cluster.start(spec -> spec.backoffLimit(2)
                .template(new PodTemplateSpec(
                        template.metadata(),
                        PodSpecBuilder.builder(template.spec())
                                .restartPolicy("OnFailure")
                                .build())));
        Pod pod = cluster.active().getFirst();
        cluster.run(pod);
        restarted(pod, 1);
        assertThat(cluster.job().condition("FailureTarget")).isEmpty();

        restarted(pod, 2);

        assertThat(cluster.conditions()).containsExactly("FailureTarget=True BackoffLimitExceeded");
    }

    private void restarted(Pod pod, int times) throws InterruptedException {
        cluster.status(
                pod,
                status -> status.containerStatuses(List.of(ContainerStatusBuilder.builder()
                        .name("main")
                        .image("work:1")
                        .imageID("work:1")
                        .restartCount(times)
                        .build())));
        cluster.settle();
    }

    @Test
    void leavesJobsToTheirOwnManager() throws InterruptedException {
        cluster.start(spec -> spec.managedBy("example.com/other"));

        assertThat(cluster.pods()).isEmpty();
        assertThat(cluster.status().startTime()).isNull();
    }

    @Test
    void adoptsOrphansAndLetsStrangersGo() throws InterruptedException {
        var orphan = Objects.labelled(Objects.pod("orphan"), "app=work");
        cluster.story.create(orphan);
        cluster.start(spec -> spec.manualSelector(true)
                .selector(new LabelSelector(List.of(), Map.of("app", "work")))
                .completions(2)
                .parallelism(2));
        assertThat(cluster.active())
                .hasSize(2)
                .allSatisfy(pod -> assertThat(Tracking.isHeld(pod)).isTrue());
        assertThat(cluster.pods()).anyMatch(pod -> pod.key().name().equals("orphan"));

        cluster.story.edit(
                ResourceTypes.POD,
                "default",
                "orphan",
                pod -> pod.withMetadata(ObjectMetaBuilder.builder(pod.metadata())
                        .labels(Map.of("app", "other"))
                        .build()));
        cluster.settle();

        Pod released = cluster.story.get(ResourceTypes.POD, "default", "orphan");
        assertThat(released.metadata().ownerReferences()).isEmpty();
        assertThat(released.metadata().finalizers()).isEmpty();
        assertThat(cluster.active()).hasSize(3);
        assertThat(cluster.status().active()).isEqualTo(2);
    }

    @Test
    void podsOfADeletedJobEnd() throws InterruptedException {
        cluster.start(spec -> spec.completions(3).parallelism(2));
        cluster.active().forEach(cluster::run);
        cluster.succeed(cluster.active().getFirst());

        cluster.deleteJob("Background");
        cluster.allEnded();

        assertThat(cluster.pods()).isEmpty();
        assertThat(cluster.story.find(ResourceTypes.JOB, "default", "work")).isNull();
    }

    @Test
    void aJobDeletedInTheForegroundGoesAfterItsPods() throws InterruptedException {
        cluster.start(spec -> spec.completions(2).parallelism(2));
        cluster.active().forEach(cluster::run);
        cluster.settle();

        cluster.deleteJob("Foreground");
        assertThat(cluster.story.find(ResourceTypes.JOB, "default", "work")).isNotNull();
        assertThat(cluster.pods()).hasSize(2);
        cluster.allEnded();

        assertThat(cluster.pods()).isEmpty();
        assertThat(cluster.story.find(ResourceTypes.JOB, "default", "work")).isNull();
    }

    @Test
    void orphansOfADeletedJobAreSetFree() throws InterruptedException {
        cluster.start(spec -> spec);
        cluster.run(cluster.active().getFirst());

        cluster.deleteJob("Orphan");

        assertThat(cluster.active()).singleElement().satisfies(pod -> {
            assertThat(pod.metadata().ownerReferences()).isEmpty();
            assertThat(pod.metadata().finalizers()).isEmpty();
        });
    }

    @Test
    void countsMorePodsThanOneStatusNames() throws InterruptedException {
        cluster.start(spec -> spec.completions(1200).parallelism(1200));
        assertThat(cluster.active()).hasSize(1200);
        cluster.active().forEach(pod -> cluster.exit(pod, 0));
        cluster.settle();

        assertThat(cluster.status().succeeded()).isEqualTo(1200);
        assertThat(cluster.job().isComplete()).isTrue();
        assertThat(cluster.pods()).noneMatch(Tracking::isHeld);
    }

    @Test
    void anElasticIndexedJobGivesUpTheHighestIndexes() throws InterruptedException {
        cluster.start(spec -> spec.completions(4).parallelism(4).completionMode("Indexed"));
        cluster.succeed(cluster.active(3));

        cluster.edit(spec -> spec.completions(2).parallelism(2));

        assertThat(cluster.activeIndexes()).containsExactly(0, 1);
        assertThat(cluster.status().completedIndexes()).isNull();
        assertThat(cluster.status().succeeded()).isZero();
    }

    @Test
    void doesNothingMoreWhenItHasEnded() throws InterruptedException {
        cluster.start(spec -> spec);
        cluster.succeed(cluster.active().getFirst());
        var finished = cluster.job();

        cluster.story.delete(
                ResourceTypes.POD, "default", cluster.pods().getFirst().key().name(), null);
        cluster.story.edit(
                ResourceTypes.JOB,
                "default",
                "work",
                job -> JobBuilder.builder(job)
                        .metadata(ObjectMetaBuilder.builder(job.metadata())
                                .labels(Map.of("seen", "yes"))
                                .build())
                        .build());
        cluster.settle();

        assertThat(cluster.pods()).isEmpty();
        assertThat(cluster.status()).isEqualTo(finished.status());
        assertThat(cluster.story.clock().nextTimer()).isNull();
    }
}
