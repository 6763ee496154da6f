package dev.orchestrator.runtime.controller.cronjob;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.CronJobBuilder;
import dev.orchestrator.api.model.batch.CronJobSpecBuilder;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.batch.JobCondition;
import dev.orchestrator.api.model.batch.JobSpecBuilder;
import dev.orchestrator.api.model.batch.JobStatusBuilder;
import dev.orchestrator.api.model.batch.JobTemplateSpec;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpecBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.runtime.controller.garbage.GarbageCollector;
import dev.orchestrator.runtime.story.Objects;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

/** Cron jobs on a manual clock; the test itself ends their jobs. */
class CronJobsTest {

    private static final String SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    private final Story story = Story.admitted(
            parts -> new CronJobController(parts.store(), parts.time(), parts.events()),
            parts -> new GarbageCollector(parts.store(), parts.events()));

    @AfterEach
    void close() {
        story.close();
    }

    @BeforeEach
    void beginAtAFullHour() throws InterruptedException {
        Instant now = story.clock().instant();
        story.advance(Duration.between(now, now.truncatedTo(ChronoUnit.HOURS).plus(ofHours(1))));
    }

    private void at(Instant time) throws InterruptedException {
        story.advance(Duration.between(story.clock().instant(), time));
    }

    private void start(String schedule, UnaryOperator<CronJobSpecBuilder> change) throws InterruptedException {
        var template = PodTemplateSpecBuilder.builder()
                .spec(PodSpecBuilder.builder()
                        .restartPolicy("Never")
                        .containers(List.of(ContainerBuilder.builder()
                                .name("main")
                                .image("work:1")
                                .build()))
                        .build())
                .build();
        var jobs = new JobTemplateSpec(
                Objects.meta("", "", "app=work"),
                JobSpecBuilder.builder().template(template).build());
        story.create(CronJobBuilder.builder()
                .metadata(Objects.meta("default", "tick"))
                .spec(change.apply(
                                CronJobSpecBuilder.builder().schedule(schedule).jobTemplate(jobs))
                        .build())
                .build());
        story.settle();
    }

    private void edit(UnaryOperator<CronJobSpecBuilder> change) throws InterruptedException {
        story.edit(
                ResourceTypes.CRON_JOB,
                "default",
                "tick",
                cronJob -> CronJobBuilder.builder(cronJob)
                        .spec(change.apply(CronJobSpecBuilder.builder(cronJob.spec()))
                                .build())
                        .build());
        story.settle();
    }

    private CronJob cronJob() {
        return story.get(ResourceTypes.CRON_JOB, "default", "tick");
    }

    private List<Job> jobs() {
        return story.store().list(ResourceTypes.JOB, "default");
    }

    private List<String> active() {
        return cronJob().status().active().stream()
                .map(reference -> String.valueOf(reference.name()))
                .toList();
    }

    private List<String> scheduled() {
        return jobs().stream()
                .map(job -> job.metadata().annotations().getOrDefault(SCHEDULED, ""))
                .sorted()
                .toList();
    }

    private void end(Job job, boolean isComplete) throws InterruptedException {
        Instant now = story.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        String announced = isComplete ? "SuccessCriteriaMet" : "FailureTarget";
        String ended = isComplete ? "Complete" : "Failed";
        story.editStatus(
                ResourceTypes.JOB,
                "default",
                job.key().name(),
                present -> JobBuilder.builder(present)
                        .status(JobStatusBuilder.builder(present.status())
                                .startTime(present.metadata().creationTimestamp())
                                .completionTime(isComplete ? now : null)
                                .conditions(List.of(
                                        new JobCondition(now, now, "", "", "True", announced),
                                        new JobCondition(now, now, "", "", "True", ended)))
                                .build())
                        .build());
        story.settle();
    }

    private void endAll(boolean isComplete) throws InterruptedException {
        for (Job job : jobs()) {
            if (!job.isFinished()) {
                end(job, isComplete);
            }
        }
    }

    @Test
    void makesAJobAtEachTime() throws InterruptedException {
        start("*/15 * * * *", spec -> spec);
        story.advance(ofMinutes(14));
        assertThat(jobs()).isEmpty();

        story.advance(ofMinutes(1));

        Job job = jobs().getFirst();
        long minutes = story.clock().instant().getEpochSecond() / 60;
        assertThat(job.key().name()).isEqualTo("tick-" + minutes);
        assertThat(job.metadata().labels()).containsEntry("app", "work");
        assertThat(job.metadata().controller().orElseThrow().name()).isEqualTo("tick");
        assertThat(scheduled()).containsExactly(story.clock().instant().toString());
        assertThat(active()).containsExactly(job.key().name());
        assertThat(cronJob().status().lastScheduleTime())
                .isEqualTo(story.clock().instant());
        assertThat(story.events())
                .containsExactly("Normal SuccessfulCreate default/tick: Created job "
                        + job.key().name());

        story.advance(ofMinutes(1));
        end(job, true);
        assertThat(active()).isEmpty();
        assertThat(cronJob().status().lastSuccessfulTime())
                .isEqualTo(story.clock().instant());
        assertThat(story.events())
                .contains("Normal SawCompletedJob default/tick: Saw completed job: "
                        + job.key().name() + ", condition: Complete");
        story.advance(ofMinutes(14));
        assertThat(jobs()).hasSize(2);
    }

    @Test
    void lateJobsRunBesideEachOtherUnlessForbidden() throws InterruptedException {
        start("@hourly", spec -> spec);
        story.advance(ofHours(3));
        assertThat(active()).hasSize(3);
    }

    @Test
    void forbidWaitsForTheOneBefore() throws InterruptedException {
        start("@hourly", spec -> spec.concurrencyPolicy("Forbid"));
        story.advance(ofHours(2));
        assertThat(jobs()).hasSize(1);
        assertThat(story.events())
                .contains("Normal JobAlreadyActive default/tick: Not starting job because prior execution is running"
                        + " and concurrency policy is Forbid");

        story.advance(ofMinutes(10));
        endAll(true);

        // The time that was missed is made up for as soon as nobody is in its way.
        assertThat(jobs()).hasSize(2);
        assertThat(active()).hasSize(1);
    }

    @Test
    void replaceEndsTheOneBefore() throws InterruptedException {
        start("@hourly", spec -> spec.concurrencyPolicy("Replace"));
        story.advance(ofHours(1));
        String first = jobs().getFirst().key().name();
        story.advance(ofHours(1));

        assertThat(jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.key().name()).isNotEqualTo(first));
        assertThat(active()).hasSize(1).doesNotContain(first);
        assertThat(story.events()).contains("Normal SuccessfulDelete default/tick: Deleted job " + first);
    }

    @Test
    void keepsAsManyFinishedJobsAsItSays() throws InterruptedException {
        start("@hourly", spec -> spec.successfulJobsHistoryLimit(2).failedJobsHistoryLimit(1));
        for (int i = 0; i < 8; i++) {
            story.advance(ofHours(1));
            endAll(i % 2 == 0);
        }

        assertThat(jobs().stream().filter(Job::isComplete)).hasSize(2);
        assertThat(jobs().stream().filter(Job::isFailed)).hasSize(1);
        assertThat(active()).isEmpty();
    }

    @Test
    void doesNothingWhileItIsSuspended() throws InterruptedException {
        start("@hourly", spec -> spec.suspend(true));
        story.advance(ofHours(5));
        assertThat(jobs()).isEmpty();

        edit(spec -> spec.suspend(false));

        // Of all that was missed the latest time counts.
        assertThat(scheduled()).containsExactly(story.clock().instant().toString());
    }

    @Test
    void whatIsTooLateIsNotStarted() throws InterruptedException {
        start("@hourly", spec -> spec.suspend(true).startingDeadlineSeconds(600L));
        story.advance(ofHours(2).plus(ofMinutes(30)));

        edit(spec -> spec.suspend(false));
        assertThat(jobs()).isEmpty();
        story.advance(ofMinutes(30));

        assertThat(jobs()).hasSize(1);
    }

    @Test
    void tooManyMissedTimesAreReportedAndTheLatestIsStarted() throws InterruptedException {
        start("* * * * *", spec -> spec.suspend(true));
        story.advance(ofHours(3));

        edit(spec -> spec.suspend(false));

        assertThat(jobs()).hasSize(1);
        assertThat(story.events())
                .contains("Warning TooManyMissedTimes default/tick: too many missed start times. Set or decrease"
                        + " .spec.startingDeadlineSeconds or check clock skew");
    }

    @Test
    void aNewScheduleWantsNothingOfThePast() throws InterruptedException {
        start("0 0 1 1 *", spec -> spec);
        story.advance(ofHours(5).plus(ofMinutes(30)));

        edit(spec -> spec.schedule("@hourly"));
        assertThat(jobs()).isEmpty();
        story.advance(ofMinutes(30));

        assertThat(jobs()).hasSize(1);
    }

    @Test
    void aJobThatIsGoneIsTakenOffTheList() throws InterruptedException {
        start("@hourly", spec -> spec);
        story.advance(ofHours(1));
        String name = jobs().getFirst().key().name();

        story.delete(ResourceTypes.JOB, "default", name, "Background");
        story.settle();

        assertThat(active()).isEmpty();
        assertThat(story.events()).contains("Normal MissingJob default/tick: Active job went missing: " + name);
        assertThat(jobs()).isEmpty();
    }

    @Test
    void aJobThatAUserMadeInItsNameIsNoticed() throws InterruptedException {
        start("@hourly", spec -> spec);
        ObjectMeta metadata = Objects.owned(Objects.meta("default", "by-hand"), Objects.ownedBy(cronJob()));
        story.create(JobBuilder.builder()
                .metadata(metadata)
                .spec(cronJob().spec().jobTemplate().spec())
                .build());
        story.settle();

        assertThat(story.events())
                .contains("Warning UnexpectedJob default/tick: Saw a job that the controller did not create or forgot:"
                        + " by-hand");
        assertThat(active()).isEmpty();
    }

    @Test
    void followsTheClocksOfItsTimeZone() throws InterruptedException {
        at(Instant.parse("2027-03-27T00:00:00Z"));
        // In Berlin the clocks go from 02:00 to 03:00 on the 28th.
        start("30 2 * * *", spec -> spec.timeZone("Europe/Berlin").successfulJobsHistoryLimit(100));
        for (int i = 0; i < 24 * 4; i++) {
            story.advance(ofHours(1));
            endAll(true);
        }

        assertThat(scheduled())
                .containsExactly("2027-03-27T02:30:00+01:00", "2027-03-29T02:30:00+02:00", "2027-03-30T02:30:00+02:00");
    }

    @Test
    void anHourThatComesTwiceHasTwoRuns() throws InterruptedException {
        at(Instant.parse("2027-10-30T12:00:00Z"));
        // In Berlin the clocks go back from 03:00 to 02:00 on the 31st.
        start("30 2 * * *", spec -> spec.timeZone("Europe/Berlin").successfulJobsHistoryLimit(100));
        for (int i = 0; i < 24; i++) {
            story.advance(ofHours(1));
            endAll(true);
        }

        assertThat(scheduled()).containsExactly("2027-10-31T02:30:00+01:00", "2027-10-31T02:30:00+02:00");
    }

    @Test
    void aMonthPassesInOneStep() throws InterruptedException {
        start("0 12 * * *", spec -> spec.successfulJobsHistoryLimit(3));
        story.advance(ofDays(30));

        assertThat(jobs()).hasSize(30);
        endAll(true);
        story.advance(ofSeconds(1));
        assertThat(jobs()).hasSize(3);
    }
}
