package dev.orchestrator.runtime.access;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.rbac.AggregationRule;
import dev.orchestrator.api.model.rbac.ClusterRole;
import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.runtime.store.ObjectStore;

/** What a cluster role gathers from others. */
public final class Aggregation {

    private static final Comparator<ClusterRole> BY_NAME =
            Comparator.comparing(role -> role.metadata().nameOrEmpty());

    private Aggregation() {}

    /** {@return the rules that a role should have: its own, unless it gathers those of others} */
    public static List<PolicyRule> rules(ClusterRole role, ObjectStore store) {
        AggregationRule aggregation = role.aggregationRule();
        if (aggregation == null) {
            return role.rules();
        }
        var rules = new LinkedHashSet<PolicyRule>();
        for (LabelSelector selector : aggregation.clusterRoleSelectors()) {
            store.matching(ResourceTypes.CLUSTER_ROLE, "", Selector.of(selector)).stream()
                    .filter(other -> !other.key().equals(role.key()))
                    .sorted(BY_NAME)
                    .forEach(other -> rules.addAll(other.rules()));
        }
        return List.copyOf(rules);
    }
}
