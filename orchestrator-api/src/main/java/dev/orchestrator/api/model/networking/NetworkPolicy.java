package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Who may talk to the pods that it selects, and whom they may talk to. */
@Model
public record NetworkPolicy(ObjectMeta metadata, NetworkPolicySpec spec) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NetworkPolicy {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, NetworkPolicySpec.EMPTY);
    }

    @Override
    public ResourceType<NetworkPolicy> resourceType() {
        return ResourceTypes.NETWORK_POLICY;
    }

    @Override
    public NetworkPolicy withMetadata(ObjectMeta metadata) {
        return NetworkPolicyBuilder.builder(this).metadata(metadata).build();
    }
}
