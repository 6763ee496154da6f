package dev.orchestrator.api.model.networking;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** The path rules of one host. */
@Model
public record HTTPIngressRuleValue(@Required List<HTTPIngressPath> paths) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HTTPIngressRuleValue {
        paths = Immutables.list(paths);
    }
}
