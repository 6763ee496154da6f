package dev.orchestrator.api.model.core;

import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Confidential texts and files, shared by pods. */
@Model
public record Secret(
        Map<String, Bytes> data,
        @Nullable Boolean immutable,
        ObjectMeta metadata,
        Map<String, String> stringData,
        @Nullable String type)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Secret {
        data = Immutables.map(data);
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        stringData = Immutables.map(stringData);
    }

    @Override
    public ResourceType<Secret> resourceType() {
        return ResourceTypes.SECRET;
    }

    @Override
    public Secret withMetadata(ObjectMeta metadata) {
        return SecretBuilder.builder(this).metadata(metadata).build();
    }
}
