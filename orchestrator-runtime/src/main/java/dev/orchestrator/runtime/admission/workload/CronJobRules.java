package dev.orchestrator.runtime.admission.workload;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.CronJobSpec;
import dev.orchestrator.api.model.batch.CronJobSpecBuilder;
import dev.orchestrator.api.model.batch.CronSchedule;
import dev.orchestrator.api.model.batch.JobSpec;
import dev.orchestrator.api.model.batch.JobTemplateSpec;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.MetadataRules;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.pod.PodSpecs;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.same;
import static dev.orchestrator.runtime.admission.workload.Replicated.SPEC;

/** Defaults and rules of cron jobs. */
record CronJobRules(PodSpecs specs) implements Validator<CronJob> {

    /** The name of a job is that of its cron job and eleven characters more. */
    private static final int MOST_NAME = 52;

    private static final List<String> CONCURRENCY = List.of("Allow", "Forbid", "Replace");
    private static final Pattern ZONE_PART = Pattern.compile("[A-Za-z.\\-_0-9+]{1,14}");

    static KindRules<CronJob> of(PodSpecs specs) {
        var rules = new CronJobRules(specs);
        return KindRules.of(ResourceTypes.CRON_JOB, rules::withDefaults, rules);
    }

    private CronJob withDefaults(CronJob cronJob) {
        CronJobSpec given = cronJob.spec();
        JobSpec job = JobDefaults.of(given.jobTemplate().spec(), specs);
        boolean complete = !Zero.isEmpty(given.concurrencyPolicy())
                && given.suspend() != null
                && given.successfulJobsHistoryLimit() != null
                && given.failedJobsHistoryLimit() != null
                && same(job, given.jobTemplate().spec());
        if (complete) {
            return cronJob;
        }
        CronJobSpec spec = CronJobSpecBuilder.builder(given)
                .concurrencyPolicy(Zero.isEmpty(given.concurrencyPolicy()) ? "Allow" : given.concurrencyPolicy())
                .suspend(given.suspend() != null && given.suspend())
                .successfulJobsHistoryLimit(
                        given.successfulJobsHistoryLimit() == null ? 3 : given.successfulJobsHistoryLimit())
                .failedJobsHistoryLimit(given.failedJobsHistoryLimit() == null ? 1 : given.failedJobsHistoryLimit())
                .jobTemplate(new JobTemplateSpec(given.jobTemplate().metadata(), job))
                .build();
        return new CronJob(cronJob.metadata(), spec, cronJob.status());
    }

    @Override
    public void validateCreate(CronJob cronJob, FieldErrors errors) {
        validate(cronJob.spec(), null, errors);
        String name = cronJob.metadata().nameOrEmpty();
        if (name.length() > MOST_NAME) {
            errors.invalid(MetadataRules.METADATA.child("name"), name, "must be no more than 52 characters");
        }
    }

    @Override
    public void validateUpdate(CronJob old, CronJob updated, FieldErrors errors) {
        if (!same(old.spec(), updated.spec())) {
            validate(updated.spec(), old.spec(), errors);
        }
    }

    private void validate(CronJobSpec spec, @Nullable CronJobSpec old, FieldErrors errors) {
        if (spec.schedule().isEmpty()) {
            errors.required(SPEC.child("schedule"));
        } else {
            schedule(spec, old != null && old.schedule().contains("TZ"), errors);
        }
        errors.nonNegative(SPEC.child("startingDeadlineSeconds"), spec.startingDeadlineSeconds());
        if (old == null || !Objects.equals(old.timeZone(), spec.timeZone())) {
            timeZone(spec.timeZone(), SPEC.child("timeZone"), errors);
        }
        errors.oneOf(SPEC.child("concurrencyPolicy"), spec.concurrencyPolicy(), CONCURRENCY);
        jobTemplate(spec.jobTemplate().spec(), SPEC.child("jobTemplate", "spec"), errors);
        errors.nonNegative(SPEC.child("successfulJobsHistoryLimit"), spec.successfulJobsHistoryLimit());
        errors.nonNegative(SPEC.child("failedJobsHistoryLimit"), spec.failedJobsHistoryLimit());
    }

    private static void schedule(CronJobSpec spec, boolean hadZone, FieldErrors errors) {
        FieldPath path = SPEC.child("schedule");
        String schedule = spec.schedule();
        try {
            CronSchedule.parse(schedule);
        } catch (IllegalArgumentException wrong) {
            errors.invalid(path, schedule, String.valueOf(wrong.getMessage()));
        }
        if (schedule.contains("TZ") && !hadZone) {
            errors.invalid(path, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        } else if (schedule.contains("TZ") && spec.timeZone() != null) {
            errors.invalid(path, schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
        }
    }

    private static void timeZone(@Nullable String zone, FieldPath path, FieldErrors errors) {
        if (zone == null) {
            return;
        }
        if (zone.isEmpty()) {
            errors.invalid(path, zone, "timeZone must be nil or non-empty string");
            return;
        }
        for (String part : zone.split("/", -1)) {
            boolean legal = !part.equals(".")
                    && !part.equals("..")
                    && !part.startsWith("-")
                    && ZONE_PART.matcher(part).matches();
            if (!legal) {
                errors.invalid(path, zone, "unknown time zone " + zone);
                return;
            }
        }
        if (zone.equalsIgnoreCase("Local")) {
            errors.invalid(
                    path, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        if (!isKnown(zone)) {
            errors.invalid(path, zone, "unknown time zone " + zone);
        }
    }

    private static boolean isKnown(String zone) {
        if (zone.equalsIgnoreCase("Local") || ZoneId.getAvailableZoneIds().contains(zone)) {
            return true;
        }
        try {
            return ZoneId.of(zone, ZoneId.SHORT_IDS).getId().contains("/");
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    private void jobTemplate(JobSpec job, FieldPath path, FieldErrors errors) {
        new JobSpecValidation(job, specs, errors).validate(path);
        if (job.selector() != null) {
            errors.invalid(path.child("selector"), job.selector(), "`selector` will be auto-generated");
        }
        if (Zero.isTrue(job.manualSelector())) {
            errors.notSupported(path.child("manualSelector"), true, List.of("nil", "false"));
        }
    }
}
