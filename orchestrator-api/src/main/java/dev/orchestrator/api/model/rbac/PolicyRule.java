package dev.orchestrator.api.model.rbac;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** Verbs that are allowed on some resources or URLs. */
@Model
public record PolicyRule(
        List<String> apiGroups,
        List<String> nonResourceURLs,
        List<String> resourceNames,
        List<String> resources,
        @Required List<String> verbs) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PolicyRule {
        apiGroups = Immutables.list(apiGroups);
        nonResourceURLs = Immutables.list(nonResourceURLs);
        resourceNames = Immutables.list(resourceNames);
        resources = Immutables.list(resources);
        verbs = Immutables.list(verbs);
    }
}
