package dev.orchestrator.api.model.authorization;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.meta.FieldSelectorRequirement;
import org.jspecify.annotations.Nullable;

/** The field selector of a request. */
@Model
public record FieldSelectorAttributes(@Nullable String rawSelector, List<FieldSelectorRequirement> requirements) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public FieldSelectorAttributes {
        requirements = Immutables.list(requirements);
    }
}
