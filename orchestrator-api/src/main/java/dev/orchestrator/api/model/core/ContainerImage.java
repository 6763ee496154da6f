package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** An image that is present on a node. */
@Model
public record ContainerImage(List<String> names, @Nullable Long sizeBytes) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ContainerImage {
        names = Immutables.list(names);
    }
}
