package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** What the pods of a workload are made from. */
@Model
public record PodTemplateSpec(ObjectMeta metadata, PodSpec spec) {

    /** With nothing set. */
    public static final PodTemplateSpec EMPTY = PodTemplateSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodTemplateSpec {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, PodSpec.EMPTY);
    }
}
