package dev.orchestrator.api.draft;

import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.CronJobBuilder;
import dev.orchestrator.api.model.batch.CronJobSpecBuilder;
import dev.orchestrator.api.model.batch.JobSpecBuilder;
import dev.orchestrator.api.model.batch.JobTemplateSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;

/** A cron job in the making. */
public final class CronJobDraft extends PodTemplateDraft<CronJob, CronJobDraft> {

    CronJobDraft(CronJob object) {
        super(object);
    }

    @Override
    CronJobDraft self() {
        return this;
    }

    /** Changes the spec through the builder of its record: for fields that no other method sets. */
    public CronJobDraft spec(UnaryOperator<CronJobSpecBuilder> change) {
        return change(object -> CronJobBuilder.builder(object)
                .spec(change.apply(CronJobSpecBuilder.builder(object.spec())).build())
                .build());
    }

    /** Sets when jobs start, in cron's notation. */
    public CronJobDraft schedule(String schedule) {
        return spec(spec -> spec.schedule(schedule));
    }

    /** Sets what happens when a job is due while another runs: {@code Allow}, {@code Forbid} or {@code Replace}. */
    public CronJobDraft concurrencyPolicy(String policy) {
        return spec(spec -> spec.concurrencyPolicy(policy));
    }

    @Override
    PodTemplateSpec template(CronJob object) {
        return object.spec().jobTemplate().spec().template();
    }

    @Override
    CronJob withTemplate(CronJob object, PodTemplateSpec template) {
        return CronJobBuilder.builder(object)
                .spec(CronJobSpecBuilder.builder(object.spec())
                        .jobTemplate(JobTemplateSpecBuilder.builder(
                                        object.spec().jobTemplate())
                                .spec(JobSpecBuilder.builder(
                                                object.spec().jobTemplate().spec())
                                        .template(template)
                                        .build())
                                .build())
                        .build())
                .build();
    }
}
