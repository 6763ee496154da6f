package dev.orchestrator.api.model.apiextensions;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A rule about a value, in the Common Expression Language. */
@Model
public record ValidationRule(
        @Nullable String fieldPath,
        @Nullable String message,
        @Nullable String messageExpression,
        @Nullable Boolean optionalOldSelf,
        @Nullable String reason,
        @Required String rule) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ValidationRule {
        rule = Immutables.text(rule);
    }
}
