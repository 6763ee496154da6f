package dev.orchestrator.api.model.apiextensions;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** How objects of one version become objects of another. */
@Model
public record CustomResourceConversion(
        @Required String strategy, @Nullable WebhookConversion webhook) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CustomResourceConversion {
        strategy = Immutables.text(strategy);
    }
}
