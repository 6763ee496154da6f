package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.JobHandle;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.batch.JobCondition;
import dev.orchestrator.api.model.batch.JobSpecBuilder;
import dev.orchestrator.api.model.core.Pod;

/** A stored job. */
final class StoredJob extends StoredObject<Job, JobHandle> implements JobHandle {

    StoredJob(HandleContext context, ObjectKey key) {
        super(context, ResourceTypes.JOB, key);
    }

    @Override
    JobHandle self() {
        return this;
    }

    @Override
    public JobHandle awaitComplete(Duration timeout) throws InterruptedException {
        wait("to be complete", StoredJob::completed, timeout);
        return this;
    }

    private static Verdict completed(Job job) {
        if (job.isComplete()) {
            return Verdict.DONE;
        }
        return job.condition("Failed")
                .filter(failed -> failed.status().equals("True"))
                .<Verdict>map(failed -> new Verdict.Impossible("it has failed: " + why(failed)))
                .orElse(Verdict.PENDING);
    }

    private static String why(JobCondition failed) {
        return failed.reason() + ": " + failed.message();
    }

    @Override
    public JobHandle awaitFinished(Duration timeout) throws InterruptedException {
        wait("to be finished", job -> Verdict.of(job.isFinished()), timeout);
        return this;
    }

    @Override
    public JobHandle suspend() {
        return suspended(true);
    }

    @Override
    public JobHandle resume() {
        return suspended(false);
    }

    private JobHandle suspended(boolean isSuspended) {
        return edit(job -> JobBuilder.builder(job)
                .spec(JobSpecBuilder.builder(job.spec()).suspend(isSuspended).build())
                .build());
    }

    @Override
    public List<Pod> pods() {
        return context.store().podsControlledBy(get().metadata().uidOrEmpty());
    }
}
