package dev.orchestrator.api.model.rbac;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Grants a cluster role in the whole cluster. */
@Model
public record ClusterRoleBinding(
        ObjectMeta metadata, @Required RoleRef roleRef, List<Subject> subjects) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ClusterRoleBinding {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        roleRef = requireNonNullElse(roleRef, RoleRef.EMPTY);
        subjects = Immutables.list(subjects);
    }

    @Override
    public ResourceType<ClusterRoleBinding> resourceType() {
        return ResourceTypes.CLUSTER_ROLE_BINDING;
    }

    @Override
    public ClusterRoleBinding withMetadata(ObjectMeta metadata) {
        return ClusterRoleBindingBuilder.builder(this).metadata(metadata).build();
    }
}
