package dev.orchestrator.runtime.scheduler.framework;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.NodeAffinity;
import dev.orchestrator.api.model.core.NodeSelector;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.TopologySpreadConstraint;
import org.jspecify.annotations.Nullable;

/**
 * How evenly pods are spread over the values of a label of nodes.
 *
 * @param pods which pods
 * @param topologyKey the label
 * @param maxSkew by how many pods a value may exceed the one with the fewest
 * @param minDomains with fewer values than this the fewest counts as none
 * @param scope the nodes that count
 * @param selectsItself whether the pod that has the constraint is one of the pods
 */
public record SpreadConstraint(
        PodSelector pods, String topologyKey, int maxSkew, int minDomains, NodeScope scope, boolean selectsItself) {

    private static final String HONOR = "Honor";
    private static final String IGNORE = "Ignore";

    /** {@return the constraints of a pod that say this when they can not be met} */
    static List<SpreadConstraint> of(PodSpec spec, PodClass owner, String whenUnsatisfiable) {
        var given = spec.topologySpreadConstraints().stream()
                .filter(constraint -> constraint.whenUnsatisfiable().equals(whenUnsatisfiable))
                .toList();
        if (given.isEmpty()) {
            return List.of();
        }
        // A node without one of the labels counts for none of the constraints.
        Set<String> keys = new HashSet<>();
        given.forEach(constraint -> keys.add(constraint.topologyKey()));
        return given.stream()
                .map(constraint -> of(constraint, spec, owner, Set.copyOf(keys)))
                .toList();
    }

    private static SpreadConstraint of(TopologySpreadConstraint given, PodSpec spec, PodClass owner, Set<String> keys) {
        Selector labels = selector(given, owner.labels());
        boolean honorsAffinity =
                Objects.requireNonNullElse(given.nodeAffinityPolicy(), HONOR).equals(HONOR);
        boolean honorsTaints =
                Objects.requireNonNullElse(given.nodeTaintsPolicy(), IGNORE).equals(HONOR);
        var scope = new NodeScope(
                keys,
                honorsAffinity ? spec.nodeSelector() : Map.of(),
                honorsAffinity ? required(spec.affinity()) : null,
                honorsTaints ? spec.tolerations() : null);
        return new SpreadConstraint(
                PodSelector.of(owner.namespace(), labels),
                given.topologyKey(),
                given.maxSkew(),
                Objects.requireNonNullElse(given.minDomains(), 1),
                scope,
                labels.matches(owner.labels()));
    }

    private static @Nullable NodeSelector required(@Nullable Affinity affinity) {
        NodeAffinity node = affinity == null ? null : affinity.nodeAffinity();
        return node == null ? null : node.requiredDuringSchedulingIgnoredDuringExecution();
    }

    private static Selector selector(TopologySpreadConstraint given, Map<String, String> own) {
        Selector selector = Selector.of(given.labelSelector());
        var requirements = new ArrayList<>(selector.requirements());
        for (String key : given.matchLabelKeys()) {
            String value = own.get(key);
            if (value != null) {
                var requirement = new Selector.Requirement(key, Selector.Operator.IN, Set.of(value));
                if (!requirements.contains(requirement)) {
                    requirements.add(requirement);
                }
            }
        }
        return new Selector(requirements);
    }
}
