package dev.orchestrator.api.model.rbac;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Rights on objects of one namespace. */
@Model
public record Role(ObjectMeta metadata, List<PolicyRule> rules) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Role {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        rules = Immutables.list(rules);
    }

    @Override
    public ResourceType<Role> resourceType() {
        return ResourceTypes.ROLE;
    }

    @Override
    public Role withMetadata(ObjectMeta metadata) {
        return RoleBuilder.builder(this).metadata(metadata).build();
    }
}
