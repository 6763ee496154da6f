package dev.orchestrator.api.model.authorization;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** Verbs that are allowed on some resources. */
@Model
public record ResourceRule(
        List<String> apiGroups,
        List<String> resourceNames,
        List<String> resources,
        @Required List<String> verbs) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ResourceRule {
        apiGroups = Immutables.list(apiGroups);
        resourceNames = Immutables.list(resourceNames);
        resources = Immutables.list(resources);
        verbs = Immutables.list(verbs);
    }
}
