package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Entries of a secret as files. */
@Model
public record SecretVolumeSource(
        @Nullable Integer defaultMode,
        List<KeyToPath> items,
        @Nullable Boolean optional,
        @Nullable String secretName) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SecretVolumeSource {
        items = Immutables.list(items);
    }
}
