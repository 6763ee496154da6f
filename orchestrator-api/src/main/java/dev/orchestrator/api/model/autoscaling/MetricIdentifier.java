package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

/** Names a metric, narrowed by labels. */
@Model
public record MetricIdentifier(
        @Required String name, @Nullable LabelSelector selector) {

    /** With nothing set. */
    public static final MetricIdentifier EMPTY =
            MetricIdentifierBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public MetricIdentifier {
        name = Immutables.text(name);
    }
}
