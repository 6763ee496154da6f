package dev.orchestrator.runtime.admission.workload;

import dev.orchestrator.api.model.batch.JobSpec;
import dev.orchestrator.api.model.batch.JobSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.runtime.admission.pod.PodSpecs;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** Fills in what the spec of a job leaves out, in a job and in the template of a cron job. */
final class JobDefaults {

    private static final int RETRIES = 6;

    private JobDefaults() {}

    static JobSpec of(JobSpec given, PodSpecs specs) {
        PodTemplateSpec template = specs.withDefaults(given.template());
        boolean both = given.completions() == null && given.parallelism() == null;
        boolean complete = given.parallelism() != null
                && given.backoffLimit() != null
                && given.completionMode() != null
                && given.suspend() != null
                && given.manualSelector() != null
                && given.podReplacementPolicy() != null
                && same(template, given.template());
        if (complete) {
            return given;
        }
        // Retries are counted per index when they are limited per index.
        int retries = given.backoffLimitPerIndex() == null ? RETRIES : Integer.MAX_VALUE;
        String replacement = given.podFailurePolicy() == null ? "TerminatingOrFailed" : "Failed";
        return JobSpecBuilder.builder(given)
                .completions(both ? Integer.valueOf(1) : given.completions())
                .parallelism(given.parallelism() == null ? 1 : given.parallelism())
                .backoffLimit(given.backoffLimit() == null ? retries : given.backoffLimit())
                .completionMode(given.completionMode() == null ? "NonIndexed" : given.completionMode())
                .suspend(given.suspend() != null && given.suspend())
                .manualSelector(given.manualSelector() != null && given.manualSelector())
                .podReplacementPolicy(given.podReplacementPolicy() == null ? replacement : given.podReplacementPolicy())
                .template(template)
                .build();
    }
}
