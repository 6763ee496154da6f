package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Kubernetes Deployment. */
@Model
public record Deployment(ObjectMeta metadata, DeploymentSpec spec, DeploymentStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Deployment {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, DeploymentSpec.EMPTY);
        status = requireNonNullElse(status, DeploymentStatus.EMPTY);
    }

    @Override
    public ResourceType<Deployment> resourceType() {
        return ResourceTypes.DEPLOYMENT;
    }

    @Override
    public Deployment withMetadata(ObjectMeta metadata) {
        return DeploymentBuilder.builder(this).metadata(metadata).build();
    }
}
