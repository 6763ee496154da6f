package dev.orchestrator.api.model.authorization;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** Verbs that are allowed on some paths. */
@Model
public record NonResourceRule(
        List<String> nonResourceURLs, @Required List<String> verbs) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NonResourceRule {
        nonResourceURLs = Immutables.list(nonResourceURLs);
        verbs = Immutables.list(verbs);
    }
}
