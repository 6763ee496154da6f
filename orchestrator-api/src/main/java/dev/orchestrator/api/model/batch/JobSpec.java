package dev.orchestrator.api.model.batch;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a job should do. */
@Model
public record JobSpec(
        @Nullable Long activeDeadlineSeconds,
        @Nullable Integer backoffLimit,
        @Nullable Integer backoffLimitPerIndex,
        @Nullable String completionMode,
        @Nullable Integer completions,
        @Nullable String managedBy,
        @Nullable Boolean manualSelector,
        @Nullable Integer maxFailedIndexes,
        @Nullable Integer parallelism,
        @Nullable PodFailurePolicy podFailurePolicy,
        @Nullable String podReplacementPolicy,
        @Nullable LabelSelector selector,
        @Nullable SuccessPolicy successPolicy,
        @Nullable Boolean suspend,
        @Required PodTemplateSpec template,
        @Nullable Integer ttlSecondsAfterFinished) {

    /** With nothing set. */
    public static final JobSpec EMPTY = JobSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public JobSpec {
        template = requireNonNullElse(template, PodTemplateSpec.EMPTY);
    }
}
