package dev.orchestrator.runtime.controller.cronjob;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.CronJobStatus;
import dev.orchestrator.api.model.batch.CronSchedule;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a cron job changes.
 *
 * @param delete the jobs to delete, in order
 * @param start the time whose job is to be made; null for none
 * @param status what the jobs amount to, before any is deleted or made
 * @param notes what to tell people
 * @param untilNext when to look again; null for not before something changes
 */
record CronPlan(
        List<Job> delete,
        @Nullable Instant start,
        CronJobStatus status,
        List<Note> notes,
        @Nullable Duration untilNext) {

    /** An event about the cron job. */
    record Note(String type, String reason, String message) {}

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Copies the lists. */
    CronPlan {
        delete = List.copyOf(delete);
        notes = List.copyOf(notes);
    }

    /**
     * Compares the schedule, the jobs and the time; changes nothing.
     *
     * @param jobs the jobs that the cron job controls
     */
    static CronPlan of(CronJob cronJob, List<Job> jobs, Instant now) {
        return new Making(cronJob, jobs, now).make();
    }

    static String jobName(CronJob cronJob, Instant time) {
        return cronJob.metadata().nameOrEmpty() + "-" + time.getEpochSecond() / 60;
    }

    /** One making of a plan. */
    private static final class Making {

        private final CronJob cronJob;
        private final List<Job> jobs;
        private final Instant now;
        private final List<Job> delete = new ArrayList<>();
        private final List<Note> notes = new ArrayList<>();
        private final List<ObjectReference> active = new ArrayList<>();
        private @Nullable Instant lastSuccess;
        private @Nullable Instant start;
        private @Nullable Duration untilNext;

        Making(CronJob cronJob, List<Job> jobs, Instant now) {
            this.cronJob = cronJob;
            this.jobs = jobs;
            this.now = now;
            this.lastSuccess = cronJob.status().lastSuccessfulTime();
        }

        CronPlan make() {
            outdated(
                    jobs.stream().filter(Job::isComplete).toList(),
                    cronJob.spec().successfulJobsHistoryLimit());
            outdated(
                    jobs.stream().filter(Job::isFailed).toList(), cronJob.spec().failedJobsHistoryLimit());
            look();
            if (!cronJob.metadata().isTerminating()
                    && !Boolean.TRUE.equals(cronJob.spec().suspend())) {
                schedule();
            }
            var status = new CronJobStatus(active, cronJob.status().lastScheduleTime(), lastSuccess);
            return new CronPlan(delete, start, status, notes, untilNext);
        }

        private void outdated(List<Job> finished, @Nullable Integer limit) {
            if (limit != null && finished.size() > limit) {
                finished.stream()
                        .sorted(Comparator.comparing(
                                        (Job job) -> job.status().startTime(),
                                        Comparator.nullsLast(Comparator.naturalOrder()))
                                .thenComparing(Job::key))
                        .limit(finished.size() - (long) limit)
                        .forEach(delete::add);
            }
        }

        /** Takes the jobs that have ended or are gone off the list of active ones. */
        private void look() {
            Map<String, Job> present = new HashMap<>();
            jobs.forEach(job -> present.put(job.metadata().uidOrEmpty(), job));
            var known = new HashSet<String>();
            for (ObjectReference reference : cronJob.status().active()) {
                known.add(String.valueOf(reference.uid()));
            }
            for (Job job : jobs) {
                look(job, known.contains(job.metadata().uidOrEmpty()));
            }
            for (ObjectReference reference : cronJob.status().active()) {
                Job job = present.get(String.valueOf(reference.uid()));
                if (job == null) {
                    note("Normal", "MissingJob", "Active job went missing: " + reference.name());
                } else if (!job.isFinished()) {
                    active.add(reference);
                }
            }
        }

        private void look(Job job, boolean isKnown) {
            String name = job.metadata().nameOrEmpty();
            if (!isKnown && !job.isFinished()) {
                note("Warning", "UnexpectedJob", "Saw a job that the controller did not create or forgot: " + name);
            } else if (isKnown && job.isFinished()) {
                String condition = job.isComplete() ? "Complete" : "Failed";
                note("Normal", "SawCompletedJob", "Saw completed job: " + name + ", condition: " + condition);
            }
            Instant completed = job.isComplete() ? job.status().completionTime() : null;
            if (completed != null && (lastSuccess == null || completed.isAfter(lastSuccess))) {
                lastSuccess = completed;
            }
        }

        private void schedule() {
            CronSchedule schedule;
            String text = cronJob.spec().schedule();
            try {
                schedule = CronSchedule.parse(text);
            } catch (IllegalArgumentException wrong) {
                note(
                        "Warning",
                        "UnparseableSchedule",
                        "unparseable schedule: \"" + text + "\" : " + wrong.getMessage());
                return;
            }
            var times = new Times(cronJob, schedule, now);
            untilNext = times.untilNext().orElse(null);
            Times.Missed missed = times.startable();
            if (missed.wrong() != null) {
                note("Warning", "InvalidSchedule", "invalid schedule: " + text + " : " + missed.wrong());
                untilNext = null;
            }
            Instant due = missed.latest();
            if (due != null) {
                due(due, missed);
            }
        }

        private void due(Instant due, Times.Missed missed) {
            if (missed.isMany()) {
                note(
                        "Warning",
                        "TooManyMissedTimes",
                        "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew");
            }
            Long deadline = cronJob.spec().startingDeadlineSeconds();
            if (deadline != null && due.plusSeconds(deadline).isBefore(now)) {
                note("Warning", "MissSchedule", "Missed scheduled time to start a job: " + DATE.format(due));
                return;
            }
            String name = jobName(cronJob, due);
            boolean isDone = due.equals(cronJob.status().lastScheduleTime())
                    || active.stream().anyMatch(job -> name.equals(job.name()));
            if (isDone) {
                return;
            }
            String policy = Objects.requireNonNullElse(cronJob.spec().concurrencyPolicy(), "Allow");
            if (policy.equals("Forbid") && !active.isEmpty()) {
                note(
                        "Normal",
                        "JobAlreadyActive",
                        "Not starting job because prior execution is running and concurrency policy is Forbid");
                return;
            }
            if (policy.equals("Replace")) {
                replace();
            }
            start = due;
        }

        private void replace() {
            var uids = new HashSet<String>();
            active.forEach(reference -> uids.add(String.valueOf(reference.uid())));
            jobs.stream()
                    .filter(job -> uids.contains(job.metadata().uidOrEmpty()))
                    .forEach(delete::add);
        }

        private void note(String type, String reason, String message) {
            notes.add(new Note(type, reason, message));
        }
    }
}
