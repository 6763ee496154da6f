package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** What must happen before a namespace may go. */
@Model
public record NamespaceSpec(List<String> finalizers) {

    /** With nothing set. */
    public static final NamespaceSpec EMPTY = NamespaceSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NamespaceSpec {
        finalizers = Immutables.list(finalizers);
    }
}
