package dev.orchestrator.api.model.apiextensions;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A webhook that converts objects from one version to another. */
@Model
public record WebhookConversion(
        @Nullable WebhookClientConfig clientConfig,
        @Required List<String> conversionReviewVersions) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public WebhookConversion {
        conversionReviewVersions = Immutables.list(conversionReviewVersions);
    }
}
