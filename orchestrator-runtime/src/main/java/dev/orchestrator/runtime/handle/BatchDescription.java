package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobSpec;
import dev.orchestrator.api.model.batch.JobStatus;
import dev.orchestrator.api.model.core.ObjectReference;
import org.jspecify.annotations.Nullable;

/** What {@code describe} says about the kinds whose pods end. */
final class BatchDescription {

    private static final int MOST_INDEXES = 50;

    private BatchDescription() {}

    static void job(Sheet sheet, HandleContext context, Job job) {
        var metadata = job.metadata();
        var spec = job.spec();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .field("Selector", Phrases.selector(spec.selector()))
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .optional("Controlled By", PodDescription.controller(metadata))
                .optional("Parallelism", spec.parallelism())
                .field("Completions", Phrases.orUnset(spec.completions()))
                .optional("Completion Mode", spec.completionMode())
                .optional("Suspend", spec.suspend())
                .optional("Backoff Limit", spec.backoffLimit())
                .optional("TTL Seconds After Finished", spec.ttlSecondsAfterFinished());
        times(sheet, spec, job.status());
        sheet.field("Pods Statuses", pods(job.status()));
        if ("Indexed".equals(spec.completionMode())) {
            sheet.field("Completed Indexes", indexes(job.status().completedIndexes()));
        }
        PodDescription.template(sheet, spec.template());
        EventList.write(sheet, context, job);
    }

    private static void times(Sheet sheet, JobSpec spec, JobStatus status) {
        var started = status.startTime();
        var completed = status.completionTime();
        if (started != null) {
            sheet.field("Start Time", Phrases.date(started));
        }
        if (completed != null) {
            sheet.field("Completed At", Phrases.date(completed));
        }
        if (started != null && completed != null) {
            sheet.field("Duration", Ages.age(Duration.between(started, completed)));
        }
        if (spec.activeDeadlineSeconds() != null) {
            sheet.field("Active Deadline Seconds", spec.activeDeadlineSeconds() + "s");
        }
    }

    private static String pods(JobStatus status) {
        String ready = status.ready() == null ? "" : " (" + status.ready() + " Ready)";
        return status.active() + " Active" + ready + " / " + status.succeeded() + " Succeeded / " + status.failed()
                + " Failed";
    }

    /** {@return the indexes, cut behind the first that ends after so many characters} */
    private static String indexes(@Nullable String indexes) {
        int cut = indexes == null ? -1 : indexes.indexOf(',', MOST_INDEXES);
        return indexes == null || cut < 0 ? Phrases.orNone(indexes) : indexes.substring(0, cut + 1) + "...";
    }

    static void cronJob(Sheet sheet, HandleContext context, CronJob job) {
        var metadata = job.metadata();
        var spec = job.spec();
        var deadline = spec.startingDeadlineSeconds();
        var last = job.status().lastScheduleTime();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .field("Schedule", spec.schedule())
                .field("Concurrency Policy", spec.concurrencyPolicy())
                .field("Suspend", Phrases.yesOrNo(spec.suspend()))
                .field("Successful Job History Limit", Phrases.orUnset(spec.successfulJobsHistoryLimit()))
                .field("Failed Job History Limit", Phrases.orUnset(spec.failedJobsHistoryLimit()))
                .field("Starting Deadline Seconds", deadline == null ? Phrases.UNSET : deadline + "s");
        template(sheet, spec.jobTemplate().spec());
        sheet.field("Last Schedule Time", last == null ? Phrases.UNSET : Phrases.date(last))
                .field("Active Jobs", active(job.status().active()));
        EventList.write(sheet, context, job);
    }

    private static void template(Sheet sheet, JobSpec spec) {
        sheet.field("Selector", spec.selector() == null ? Phrases.UNSET : Phrases.selector(spec.selector()))
                .field("Parallelism", Phrases.orUnset(spec.parallelism()))
                .field("Completions", Phrases.orUnset(spec.completions()));
        if (spec.activeDeadlineSeconds() != null) {
            sheet.field("Active Deadline Seconds", spec.activeDeadlineSeconds() + "s");
        }
        PodDescription.template(sheet, spec.template());
    }

    private static String active(List<ObjectReference> jobs) {
        return Phrases.orNone(Phrases.joined(
                jobs.stream().map(job -> Phrases.text(job.name())).toList()));
    }
}
