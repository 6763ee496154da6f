package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Whether a namespace is active or being deleted. */
@Model
public record NamespaceStatus(
        List<NamespaceCondition> conditions, @Nullable String phase) {

    /** With nothing set. */
    public static final NamespaceStatus EMPTY = NamespaceStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NamespaceStatus {
        conditions = Immutables.list(conditions);
    }
}
