package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Entries of a secret as files of a projected volume. */
@Model
public record SecretProjection(
        List<KeyToPath> items,
        @Nullable String name,
        @Nullable Boolean optional) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SecretProjection {
        items = Immutables.list(items);
    }
}
