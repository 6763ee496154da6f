package dev.orchestrator.api.model.batch;

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
}
