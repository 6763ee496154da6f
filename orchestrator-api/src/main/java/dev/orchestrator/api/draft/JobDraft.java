package dev.orchestrator.api.draft;

import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.batch.JobSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;

/** A job in the making. */
public final class JobDraft extends PodTemplateDraft<Job, JobDraft> {

    JobDraft(Job object) {
        super(object);
    }

    @Override
    JobDraft self() {
        return this;
    }

    /** Changes the spec through the builder of its record: for fields that no other method sets. */
    public JobDraft spec(UnaryOperator<JobSpecBuilder> change) {
        return change(object -> JobBuilder.builder(object)
                .spec(change.apply(JobSpecBuilder.builder(object.spec())).build())
                .build());
    }

    /** Sets how many pods must succeed. */
    public JobDraft completions(int count) {
        return spec(spec -> spec.completions(count));
    }

    /** Sets how many pods run at once. */
    public JobDraft parallelism(int count) {
        return spec(spec -> spec.parallelism(count));
    }

    /** Sets how many failures end the job. */
    public JobDraft backoffLimit(int failures) {
        return spec(spec -> spec.backoffLimit(failures));
    }

    @Override
    PodTemplateSpec template(Job object) {
        return object.spec().template();
    }

    @Override
    Job withTemplate(Job object, PodTemplateSpec template) {
        return JobBuilder.builder(object)
                .spec(JobSpecBuilder.builder(object.spec()).template(template).build())
                .build();
    }
}
