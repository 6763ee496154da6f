package dev.orchestrator.api.model.batch;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** What the jobs of a cron job are made from. */
@Model
public record JobTemplateSpec(ObjectMeta metadata, JobSpec spec) {

    /** With nothing set. */
    public static final JobTemplateSpec EMPTY = JobTemplateSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public JobTemplateSpec {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, JobSpec.EMPTY);
    }
}
