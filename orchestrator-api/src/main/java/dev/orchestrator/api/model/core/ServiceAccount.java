package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** An identity for the programs in pods. */
@Model
public record ServiceAccount(
        @Nullable Boolean automountServiceAccountToken,
        List<LocalObjectReference> imagePullSecrets,
        ObjectMeta metadata,
        List<ObjectReference> secrets)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ServiceAccount {
        imagePullSecrets = Immutables.list(imagePullSecrets);
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        secrets = Immutables.list(secrets);
    }

    @Override
    public ResourceType<ServiceAccount> resourceType() {
        return ResourceTypes.SERVICE_ACCOUNT;
    }

    @Override
    public ServiceAccount withMetadata(ObjectMeta metadata) {
        return ServiceAccountBuilder.builder(this).metadata(metadata).build();
    }
}
