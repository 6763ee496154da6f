package dev.orchestrator.api.model.batch;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Makes jobs at the times of a schedule. */
@Model
public record CronJob(ObjectMeta metadata, @Required CronJobSpec spec, CronJobStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CronJob {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, CronJobSpec.EMPTY);
        status = requireNonNullElse(status, CronJobStatus.EMPTY);
    }

    @Override
    public ResourceType<CronJob> resourceType() {
        return ResourceTypes.CRON_JOB;
    }

    @Override
    public CronJob withMetadata(ObjectMeta metadata) {
        return CronJobBuilder.builder(this).metadata(metadata).build();
    }
}
