package dev.orchestrator.api.model.meta;

import java.time.Instant;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Which fields of an object one writer has set. */
@Model
public record ManagedFieldsEntry(
        @Nullable String apiVersion,
        @Nullable String fieldsType,
        Map<String, Object> fieldsV1,
        @Nullable String manager,
        @Nullable String operation,
        @Nullable String subresource,
        @Nullable Instant time) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ManagedFieldsEntry {
        fieldsV1 = Immutables.map(fieldsV1);
    }
}
