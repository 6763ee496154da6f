package dev.orchestrator.runtime.admission.rbac;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.admission.kind.Defaulter;
import dev.orchestrator.runtime.admission.kind.KindRules;
import org.jspecify.annotations.Nullable;

/** The rules of the kinds that say who may do what. */
public final class RbacRules {

    private RbacRules() {}

    /**
     * {@return the rules of a kind if it is one of roles, cluster roles and their bindings; each call makes them anew}
     */
    public static @Nullable KindRules<?> of(ResourceType<?> type) {
        return switch (type.kind()) {
            case "Role" -> KindRules.of(ResourceTypes.ROLE, Defaulter.none(), new RoleValidation());
            case "ClusterRole" ->
                KindRules.of(ResourceTypes.CLUSTER_ROLE, Defaulter.none(), new ClusterRoleValidation());
            case "RoleBinding" ->
                KindRules.of(ResourceTypes.ROLE_BINDING, Bindings::withDefaults, new RoleBindingValidation());
            case "ClusterRoleBinding" ->
                KindRules.of(
                        ResourceTypes.CLUSTER_ROLE_BINDING, Bindings::withDefaults, new ClusterRoleBindingValidation());
            default -> null;
        };
    }
}
