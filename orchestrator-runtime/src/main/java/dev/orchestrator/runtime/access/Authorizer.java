package dev.orchestrator.runtime.access;

import java.util.List;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Decides who may do what. All methods may be called from any thread. */
public interface Authorizer {

    /** {@return whether a user may do something} */
    Decision decide(User user, Action action);

    /**
     * What somebody may do.
     *
     * @param rules the rules, for resources and for paths
     * @param error what went wrong while they were gathered; empty when nothing did
     */
    record Rules(List<PolicyRule> rules, String error) {}

    /** {@return what a user may do in a namespace, and in the cluster; empty for the cluster alone} */
    Rules rulesOf(User user, String namespace);

    /**
     * Refuses to grant what the granter may not do.
     *
     * @param old the role or binding before; null when it is new
     * @param updated a role or binding that the user would like to store; objects of other kinds grant nothing
     * @throws ApiException with reason {@code FORBIDDEN}
     */
    void checkGrant(User user, @Nullable Resource old, Resource updated);

    /**
     * Refuses what a user may not do.
     *
     * @throws ApiException with reason {@code FORBIDDEN}, worded as Kubernetes does
     */
    default void check(User user, Action action) {
        Decision decision = decide(user, action);
        if (!decision.allowed()) {
            throw refusal(user, action, decision.reason());
        }
    }

    private static ApiException refusal(User user, Action action, String reason) {
        // Kubernetes keeps what others chose from being read as HTML.
        String why =
                action.refusal(user).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                        + (reason.isEmpty() ? "" : ": " + reason);
        var details = StatusDetailsBuilder.builder();
        if (!action.isOnResource()) {
            return ApiException.of(Reason.FORBIDDEN, "forbidden: " + why, details.build(), null);
        }
        String what = action.group().isEmpty() ? action.resource() : action.resource() + "." + action.group();
        String named = action.name().isEmpty() ? what : what + " \"" + action.name() + "\"";
        details.kind(action.resource())
                .group(action.group().isEmpty() ? null : action.group())
                .name(action.name().isEmpty() ? null : action.name());
        return ApiException.of(Reason.FORBIDDEN, named + " is forbidden: " + why, details.build(), null);
    }

    /** {@return an authorizer that lets everybody do everything} */
    static Authorizer allowingAll() {
        return AlwaysAllow.INSTANCE;
    }

    /** {@return an authorizer that allows what the roles and bindings in a store allow} */
    static Authorizer ofRoles(ObjectStore store) {
        return new RoleAuthorizer(store);
    }
}
