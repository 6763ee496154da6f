package dev.orchestrator.api.model.core;

import java.util.HashMap;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

import static java.util.Objects.requireNonNullElse;

/** What the pods of a workload are made from. */
@Model
public record PodTemplateSpec(ObjectMeta metadata, PodSpec spec) {

    /** With nothing set. */
    public static final PodTemplateSpec EMPTY = PodTemplateSpecBuilder.builder().build();

    /** The label that keeps the pods of the versions of one deployment apart. */
    public static final String HASH_LABEL = "pod-template-hash";

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodTemplateSpec {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, PodSpec.EMPTY);
    }

    /** {@return the template as a deployment has it: without the label that its replica set adds} */
    public PodTemplateSpec withoutHash() {
        if (!metadata.labels().containsKey(HASH_LABEL)) {
            return this;
        }
        var labels = new HashMap<>(metadata.labels());
        labels.remove(HASH_LABEL);
        return new PodTemplateSpec(
                ObjectMetaBuilder.builder(metadata).labels(labels).build(), spec);
    }
}
