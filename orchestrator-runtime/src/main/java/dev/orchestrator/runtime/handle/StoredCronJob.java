package dev.orchestrator.runtime.handle;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.CronJobHandle;
import dev.orchestrator.api.JobHandle;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.CronJobBuilder;
import dev.orchestrator.api.model.batch.CronJobSpecBuilder;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.batch.JobTemplateSpec;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;

/** A stored cron job. */
final class StoredCronJob extends StoredObject<CronJob, CronJobHandle> implements CronJobHandle {

    private static final String BY_HAND = "cronjob.kubernetes.io/instantiate";

    StoredCronJob(HandleContext context, ObjectKey key) {
        super(context, ResourceTypes.CRON_JOB, key);
    }

    @Override
    CronJobHandle self() {
        return this;
    }

    @Override
    public JobHandle createJob(String name) {
        CronJob cronJob = get();
        JobTemplateSpec template = cronJob.spec().jobTemplate();
        var owner = new OwnerReference(
                type().apiVersion(),
                null,
                true,
                type().kind(),
                name(),
                cronJob.metadata().uidOrEmpty());
        Job job = JobBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .namespace(key().namespace())
                        .labels(template.metadata().labels())
                        .annotations(with(template.metadata().annotations(), Map.of(BY_HAND, "manual")))
                        .ownerReferences(List.of(owner))
                        .build())
                .spec(template.spec())
                .build();
        context.store().create(job, HandleContext.WRITE);
        return new StoredJob(context, job.key());
    }

    @Override
    public List<Job> jobs() {
        return context.store().controlledBy(ResourceTypes.JOB, get().metadata().uidOrEmpty());
    }

    @Override
    public CronJobHandle suspend() {
        return suspended(true);
    }

    @Override
    public CronJobHandle resume() {
        return suspended(false);
    }

    private CronJobHandle suspended(boolean isSuspended) {
        return edit(cronJob -> CronJobBuilder.builder(cronJob)
                .spec(CronJobSpecBuilder.builder(cronJob.spec())
                        .suspend(isSuspended)
                        .build())
                .build());
    }
}
