package dev.orchestrator.api.model.rbac;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Rights on objects of all namespaces and of the cluster itself. */
@Model
public record ClusterRole(@Nullable AggregationRule aggregationRule, ObjectMeta metadata, List<PolicyRule> rules)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ClusterRole {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        rules = Immutables.list(rules);
    }

    @Override
    public ResourceType<ClusterRole> resourceType() {
        return ResourceTypes.CLUSTER_ROLE;
    }

    @Override
    public ClusterRole withMetadata(ObjectMeta metadata) {
        return ClusterRoleBuilder.builder(this).metadata(metadata).build();
    }
}
