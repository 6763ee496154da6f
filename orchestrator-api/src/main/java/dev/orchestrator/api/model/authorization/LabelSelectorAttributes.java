package dev.orchestrator.api.model.authorization;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.meta.LabelSelectorRequirement;
import org.jspecify.annotations.Nullable;

/** The label selector of a request. */
@Model
public record LabelSelectorAttributes(@Nullable String rawSelector, List<LabelSelectorRequirement> requirements) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public LabelSelectorAttributes {
        requirements = Immutables.list(requirements);
    }
}
