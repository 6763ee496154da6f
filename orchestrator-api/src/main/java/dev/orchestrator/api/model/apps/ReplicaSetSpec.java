package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a replica set should be. */
@Model
public record ReplicaSetSpec(
        int minReadySeconds,
        @Nullable Integer replicas,
        @Required @Nullable LabelSelector selector,
        PodTemplateSpec template) {

    /** With nothing set. */
    public static final ReplicaSetSpec EMPTY = ReplicaSetSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ReplicaSetSpec {
        template = requireNonNullElse(template, PodTemplateSpec.EMPTY);
    }
}
