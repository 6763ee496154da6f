package dev.orchestrator.api.model.batch;

import java.time.Instant;
import java.util.Optional;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Runs pods until enough of them have succeeded. */
@Model
public record Job(ObjectMeta metadata, JobSpec spec, JobStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Job {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, JobSpec.EMPTY);
        status = requireNonNullElse(status, JobStatus.EMPTY);
    }

    @Override
    public ResourceType<Job> resourceType() {
        return ResourceTypes.JOB;
    }

    @Override
    public Job withMetadata(ObjectMeta metadata) {
        return JobBuilder.builder(this).metadata(metadata).build();
    }

    /** {@return the condition of that type, if the job has it} */
    public Optional<JobCondition> condition(String type) {
        for (JobCondition condition : status.conditions()) {
            if (condition.type().equals(type)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    private boolean has(String type) {
        return condition(type)
                .filter(condition -> condition.status().equals("True"))
                .isPresent();
    }

    /** {@return whether the job has done what it was to do} */
    public boolean isComplete() {
        return has("Complete");
    }

    /** {@return whether the job has been given up} */
    public boolean isFailed() {
        return has("Failed");
    }

    /** {@return whether the job has ended, well or not: none of its pods runs any more and all have been counted} */
    public boolean isFinished() {
        return isComplete() || isFailed();
    }

    /** {@return whether the job is meant to have no pods for now} */
    public boolean isSuspended() {
        return Boolean.TRUE.equals(spec.suspend());
    }

    /** {@return whether each pod stands for an index of its own} */
    public boolean isIndexed() {
        return "Indexed".equals(spec.completionMode());
    }

    /** {@return when the job ended; empty while it has not} */
    public Optional<Instant> finishedAt() {
        Optional<JobCondition> end =
                condition("Complete").filter(condition -> condition.status().equals("True"));
        return end.or(() -> condition("Failed")
                        .filter(condition -> condition.status().equals("True")))
                .map(JobCondition::lastTransitionTime);
    }
}
