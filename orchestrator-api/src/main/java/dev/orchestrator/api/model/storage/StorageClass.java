package dev.orchestrator.api.model.storage;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.TopologySelectorTerm;
import dev.orchestrator.api.model.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** How storage of a certain quality is made. */
@Model
public record StorageClass(
        @Nullable Boolean allowVolumeExpansion,
        List<TopologySelectorTerm> allowedTopologies,
        ObjectMeta metadata,
        List<String> mountOptions,
        Map<String, String> parameters,
        @Required String provisioner,
        @Nullable String reclaimPolicy,
        @Nullable String volumeBindingMode)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public StorageClass {
        allowedTopologies = Immutables.list(allowedTopologies);
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        mountOptions = Immutables.list(mountOptions);
        parameters = Immutables.map(parameters);
        provisioner = Immutables.text(provisioner);
    }

    @Override
    public ResourceType<StorageClass> resourceType() {
        return ResourceTypes.STORAGE_CLASS;
    }

    @Override
    public StorageClass withMetadata(ObjectMeta metadata) {
        return StorageClassBuilder.builder(this).metadata(metadata).build();
    }
}
