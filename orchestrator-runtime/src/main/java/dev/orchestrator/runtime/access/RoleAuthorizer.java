package dev.orchestrator.runtime.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.rbac.ClusterRole;
import dev.orchestrator.api.model.rbac.ClusterRoleBinding;
import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.api.model.rbac.Role;
import dev.orchestrator.api.model.rbac.RoleBinding;
import dev.orchestrator.api.model.rbac.RoleRef;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/**
 * Allows what the stored roles and bindings allow, as Kubernetes reads them; administrators everything.
 *
 * <p>A decision looks at the bindings of the user and its groups alone, and costs nothing more however many others
 * there are.
 */
final class RoleAuthorizer implements Authorizer {

    private static final String GROUP = ResourceTypes.CLUSTER_ROLE.group();
    private static final Set<ResourceType<?>> GRANTING = Set.of(
            ResourceTypes.ROLE,
            ResourceTypes.CLUSTER_ROLE,
            ResourceTypes.ROLE_BINDING,
            ResourceTypes.CLUSTER_ROLE_BINDING);
    private static final List<String> ALL = List.of(RuleMatch.ALL);
    private static final List<PolicyRule> EVERYTHING = List.of(
            new PolicyRule(ALL, List.of(), List.of(), ALL, ALL),
            new PolicyRule(List.of(), ALL, List.of(), List.of(), ALL));

    private final ObjectStore store;
    private final Grants grants;

    RoleAuthorizer(ObjectStore store) {
        this.store = store;
        this.grants = new Grants(store);
    }

    @Override
    public Decision decide(User user, Action action) {
        if (user.isMaster()) {
            return Decision.ALLOWED;
        }
        var search = new Search(action);
        grants.any(user, action.namespace(), search::isFound);
        return search.decision();
    }

    /** Looks for a grant that allows an action. */
    private final class Search {

        private final Action action;
        private final List<String> errors = new ArrayList<>();
        private @Nullable Grant found;

        Search(Action action) {
            this.action = action;
        }

        boolean isFound(Grant grant) {
            Optional<List<PolicyRule>> rules =
                    rules(grant.role(), grant.binding().namespace());
            if (rules.isEmpty()) {
                errors.add(missing(grant.role()));
                return false;
            }
            for (PolicyRule rule : rules.get()) {
                if (RuleMatch.allows(rule, action)) {
                    found = grant;
                    return true;
                }
            }
            return false;
        }

        Decision decision() {
            Grant grant = found;
            if (grant != null) {
                return new Decision(true, "RBAC: allowed by " + grant.origin());
            }
            return errors.isEmpty() ? Decision.NO_OPINION : new Decision(false, "RBAC: " + joined(errors));
        }
    }

    private Optional<List<PolicyRule>> rules(RoleRef role, String namespace) {
        return role.kind().equals("ClusterRole")
                ? store.find(ResourceTypes.CLUSTER_ROLE, ObjectKey.cluster(role.name()))
                        .map(ClusterRole::rules)
                : store.find(ResourceTypes.ROLE, new ObjectKey(namespace, role.name()))
                        .map(Role::rules);
    }

    private static String missing(RoleRef role) {
        return (role.kind().equals("ClusterRole") ? "clusterrole." : "role.") + GROUP + " \"" + role.name()
                + "\" not found";
    }

    private static String joined(List<String> errors) {
        List<String> distinct = errors.stream().distinct().toList();
        return distinct.size() == 1 ? distinct.getFirst() : "[" + String.join(", ", distinct) + "]";
    }

    @Override
    public Rules rulesOf(User user, String namespace) {
        var all = new ArrayList<PolicyRule>();
        var errors = new ArrayList<String>();
        grants.any(user, namespace, grant -> {
            rules(grant.role(), grant.binding().namespace())
                    .ifPresentOrElse(all::addAll, () -> errors.add(missing(grant.role())));
            return false;
        });
        return new Rules(all, errors.isEmpty() ? "" : joined(errors));
    }

    @Override
    public void checkGrant(User user, @Nullable Resource old, Resource updated) {
        boolean isFree = user.isMaster() || !GRANTING.contains(updated.resourceType());
        if (isFree || (old != null && isCollectedOnly(old, updated))) {
            return;
        }
        switch (updated) {
            case Role role -> checkRole(user, old, role, role.rules());
            case ClusterRole role -> {
                boolean gathers = role.aggregationRule() != null
                        || (old instanceof ClusterRole before && before.aggregationRule() != null);
                if (checkRole(user, old, role, role.rules()) && gathers) {
                    checkAggregation(user, role);
                }
            }
            case RoleBinding binding -> checkBinding(user, binding, binding.roleRef());
            case ClusterRoleBinding binding -> checkBinding(user, binding, binding.roleRef());
            default -> {}
        }
    }

    /** {@return whether a change only lets the garbage collector do its work} */
    private static boolean isCollectedOnly(Resource old, Resource updated) {
        ObjectMeta before = old.metadata();
        ObjectMeta after = ObjectMetaBuilder.builder(updated.metadata())
                .ownerReferences(before.ownerReferences())
                .finalizers(before.finalizers())
                .resourceVersion(before.resourceVersion())
                .managedFields(before.managedFields())
                .build();
        return old.equals(updated.withMetadata(after));
    }

    /** {@return whether the user was asked for the rights that the role gives, not trusted with all} */
    private boolean checkRole(User user, @Nullable Resource old, Resource role, List<PolicyRule> rules) {
        String namespace = role.metadata().namespaceOrEmpty();
        String name = old == null ? "" : role.metadata().nameOrEmpty(); // a new object's is not in the request's path
        Action escalate = Action.on("escalate", GROUP, role.resourceType().plural(), namespace, name);
        if (decide(user, escalate).allowed()) {
            return false;
        }
        requireHeld(user, role, rules);
        return true;
    }

    private void checkAggregation(User user, ClusterRole role) {
        if (!Coverage.missing(rulesOf(user, "").rules(), EVERYTHING).isEmpty()) {
            throw ApiException.forbidden(
                    role.resourceType(), role.key(), "must have cluster-admin privileges to use an aggregationRule");
        }
    }

    private void checkBinding(User user, Resource binding, RoleRef role) {
        String namespace = binding.metadata().namespaceOrEmpty();
        String resource = role.kind().equals("ClusterRole") ? "clusterroles" : "roles";
        if (decide(user, Action.on("bind", GROUP, resource, namespace, role.name()))
                .allowed()) {
            return;
        }
        List<PolicyRule> rules =
                rules(role, namespace).orElseThrow(() -> ApiException.of(ApiException.Reason.NOT_FOUND, missing(role)));
        requireHeld(user, binding, rules);
    }

    private void requireHeld(User user, Resource object, List<PolicyRule> asked) {
        Rules held = rulesOf(user, object.metadata().namespaceOrEmpty());
        List<PolicyRule> missing = Coverage.missing(held.rules(), asked);
        if (missing.isEmpty()) {
            return;
        }
        String groups = GoText.list(user.groups().stream().map(GoText::quote).toList());
        String errors = held.error().isEmpty() ? "" : "; resolution errors: [" + held.error() + "]";
        throw ApiException.forbidden(
                object.resourceType(),
                object.key(),
                "user " + GoText.quote(user.name()) + " (groups=" + groups
                        + ") is attempting to grant RBAC permissions not currently held:\n" + Coverage.text(missing)
                        + errors);
    }
}
