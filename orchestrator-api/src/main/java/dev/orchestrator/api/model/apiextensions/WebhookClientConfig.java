package dev.orchestrator.api.model.apiextensions;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** How a webhook is called. */
@Model
public record WebhookClientConfig(
        @Nullable Bytes caBundle,
        @Nullable ServiceReference service,
        @Nullable String url) {}
