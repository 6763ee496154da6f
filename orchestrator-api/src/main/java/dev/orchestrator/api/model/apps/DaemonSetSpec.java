package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a daemon set should be. */
@Model
public record DaemonSetSpec(
        int minReadySeconds,
        @Nullable Integer revisionHistoryLimit,
        @Required @Nullable LabelSelector selector,
        @Required PodTemplateSpec template,
        DaemonSetUpdateStrategy updateStrategy) {

    /** With nothing set. */
    public static final DaemonSetSpec EMPTY = DaemonSetSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public DaemonSetSpec {
        template = requireNonNullElse(template, PodTemplateSpec.EMPTY);
        updateStrategy = requireNonNullElse(updateStrategy, DaemonSetUpdateStrategy.EMPTY);
    }
}
