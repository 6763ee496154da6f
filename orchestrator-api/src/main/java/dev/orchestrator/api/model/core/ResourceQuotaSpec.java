package dev.orchestrator.api.model.core;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** The bounds of a quota and what they apply to. */
@Model
public record ResourceQuotaSpec(
        Map<String, Quantity> hard, @Nullable ScopeSelector scopeSelector, List<String> scopes) {

    /** With nothing set. */
    public static final ResourceQuotaSpec EMPTY =
            ResourceQuotaSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ResourceQuotaSpec {
        hard = Immutables.map(hard);
        scopes = Immutables.list(scopes);
    }
}
