package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a deployment should be. */
@Model
public record DeploymentSpec(
        int minReadySeconds,
        boolean paused,
        @Nullable Integer progressDeadlineSeconds,
        @Nullable Integer replicas,
        @Nullable Integer revisionHistoryLimit,
        @Required @Nullable LabelSelector selector,
        DeploymentStrategy strategy,
        @Required PodTemplateSpec template) {

    /** With nothing set. */
    public static final DeploymentSpec EMPTY = DeploymentSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public DeploymentSpec {
        strategy = requireNonNullElse(strategy, DeploymentStrategy.EMPTY);
        template = requireNonNullElse(template, PodTemplateSpec.EMPTY);
    }
}
