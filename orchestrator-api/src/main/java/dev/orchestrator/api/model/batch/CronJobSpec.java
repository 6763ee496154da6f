package dev.orchestrator.api.model.batch;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a cron job should do. */
@Model
public record CronJobSpec(
        @Nullable String concurrencyPolicy,
        @Nullable Integer failedJobsHistoryLimit,
        @Required JobTemplateSpec jobTemplate,
        @Required String schedule,
        @Nullable Long startingDeadlineSeconds,
        @Nullable Integer successfulJobsHistoryLimit,
        @Nullable Boolean suspend,
        @Nullable String timeZone) {

    /** With nothing set. */
    public static final CronJobSpec EMPTY = CronJobSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CronJobSpec {
        jobTemplate = requireNonNullElse(jobTemplate, JobTemplateSpec.EMPTY);
        schedule = Immutables.text(schedule);
    }
}
