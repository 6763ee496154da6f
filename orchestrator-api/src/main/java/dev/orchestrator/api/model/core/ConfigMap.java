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

/** Configuration as texts and files, shared by pods. */
@Model
public record ConfigMap(
        Map<String, Bytes> binaryData,
        Map<String, String> data,
        @Nullable Boolean immutable,
        ObjectMeta metadata) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ConfigMap {
        binaryData = Immutables.map(binaryData);
        data = Immutables.map(data);
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
    }

    @Override
    public ResourceType<ConfigMap> resourceType() {
        return ResourceTypes.CONFIG_MAP;
    }

    @Override
    public ConfigMap withMetadata(ObjectMeta metadata) {
        return ConfigMapBuilder.builder(this).metadata(metadata).build();
    }
}
