package dev.orchestrator.runtime.scheduler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodAffinityTerm;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.core.TopologySpreadConstraint;
import dev.orchestrator.api.model.core.WeightedPodAffinityTerm;
import dev.orchestrator.runtime.placement.NodeTaints;
import dev.orchestrator.runtime.placement.NodeTerm;
import org.jspecify.annotations.Nullable;

/**
 * Pod affinity and topology spread as their documentation words them: for each question it looks at every pod on every
 * node. What the index answers is compared with this.
 */
final class NaivePlacement {

    record Placed(Pod pod, String node) {}

    final Map<String, Node> nodes = new TreeMap<>();
    final Map<String, Placed> pods = new TreeMap<>();
    final Map<String, Map<String, String>> namespaces = new HashMap<>();

    private static List<PodAffinityTerm> near(Pod pod) {
        Affinity affinity = pod.spec().affinity();
        return affinity == null || affinity.podAffinity() == null
                ? List.of()
                : affinity.podAffinity().requiredDuringSchedulingIgnoredDuringExecution();
    }

    private static List<PodAffinityTerm> far(Pod pod) {
        Affinity affinity = pod.spec().affinity();
        return affinity == null || affinity.podAntiAffinity() == null
                ? List.of()
                : affinity.podAntiAffinity().requiredDuringSchedulingIgnoredDuringExecution();
    }

    /** Preferred terms; those that keep away have a negative weight. */
    private static List<WeightedPodAffinityTerm> preferred(Pod pod) {
        var all = new ArrayList<WeightedPodAffinityTerm>();
        Affinity affinity = pod.spec().affinity();
        if (affinity != null && affinity.podAffinity() != null) {
            all.addAll(affinity.podAffinity().preferredDuringSchedulingIgnoredDuringExecution());
        }
        if (affinity != null && affinity.podAntiAffinity() != null) {
            affinity.podAntiAffinity()
                    .preferredDuringSchedulingIgnoredDuringExecution()
                    .forEach(each -> all.add(new WeightedPodAffinityTerm(each.podAffinityTerm(), -each.weight())));
        }
        return all;
    }

    private boolean selects(Pod owner, PodAffinityTerm term, Pod candidate) {
        String namespace = candidate.metadata().namespaceOrEmpty();
        boolean own = term.namespaces().isEmpty() && term.namespaceSelector() == null;
        boolean inNamespace = own
                ? namespace.equals(owner.metadata().namespaceOrEmpty())
                : term.namespaces().contains(namespace)
                        || (term.namespaceSelector() != null
                                && Selector.of(term.namespaceSelector())
                                        .matches(namespaces.getOrDefault(namespace, Map.of())));
        return inNamespace
                && Selector.of(term.labelSelector())
                        .matches(candidate.metadata().labels());
    }

    private static @Nullable String value(Node node, String key) {
        return node.metadata().labels().get(key);
    }

    private boolean areNear(Node one, Placed other, String key) {
        Node node = nodes.get(other.node);
        return node != null && value(one, key) != null && Objects.equals(value(one, key), value(node, key));
    }

    private boolean hasDomain(Placed pod, String key) {
        Node node = nodes.get(pod.node);
        return node != null && value(node, key) != null;
    }

    @Nullable
    String affinityRefusal(Pod pod, Node node) {
        List<PodAffinityTerm> near = near(pod);
        boolean hasDomains = near.stream().allMatch(term -> value(node, term.topologyKey()) != null);
        boolean isNear = near.stream()
                .allMatch(term -> pods.values().stream()
                        .anyMatch(
                                other -> selectsAll(pod, near, other.pod) && areNear(node, other, term.topologyKey())));
        boolean isFirst = selectsAll(pod, near, pod)
                && near.stream()
                        .noneMatch(term -> pods.values().stream()
                                .anyMatch(other ->
                                        selectsAll(pod, near, other.pod) && hasDomain(other, term.topologyKey())));
        if (!hasDomains || !(isNear || isFirst)) {
            return "node(s) didn't match pod affinity rules";
        }
        for (PodAffinityTerm term : far(pod)) {
            if (pods.values().stream()
                    .anyMatch(other -> selects(pod, term, other.pod) && areNear(node, other, term.topologyKey()))) {
                return "node(s) didn't match pod anti-affinity rules";
            }
        }
        for (Placed other : pods.values()) {
            for (PodAffinityTerm term : far(other.pod)) {
                if (selects(other.pod, term, pod) && areNear(node, other, term.topologyKey())) {
                    return "node(s) didn't satisfy existing pods anti-affinity rules";
                }
            }
        }
        return null;
    }

    private boolean selectsAll(Pod owner, List<PodAffinityTerm> terms, Pod candidate) {
        return terms.stream().allMatch(term -> selects(owner, term, candidate));
    }

    long affinityScore(Pod pod, Node node) {
        long score = 0;
        for (Placed other : pods.values()) {
            for (WeightedPodAffinityTerm each : preferred(pod)) {
                PodAffinityTerm term = each.podAffinityTerm();
                score += selects(pod, term, other.pod) && areNear(node, other, term.topologyKey()) ? each.weight() : 0;
            }
            for (WeightedPodAffinityTerm each : preferred(other.pod)) {
                PodAffinityTerm term = each.podAffinityTerm();
                score += selects(other.pod, term, pod) && areNear(node, other, term.topologyKey()) ? each.weight() : 0;
            }
            for (PodAffinityTerm term : near(other.pod)) {
                score += selects(other.pod, term, pod) && areNear(node, other, term.topologyKey()) ? 1 : 0;
            }
        }
        return score;
    }

    private static List<TopologySpreadConstraint> constraints(Pod pod, String action) {
        return pod.spec().topologySpreadConstraints().stream()
                .filter(each -> each.whenUnsatisfiable().equals(action))
                .toList();
    }

    private static boolean selects(TopologySpreadConstraint constraint, Pod owner, Pod candidate) {
        boolean sameKeys = constraint.matchLabelKeys().stream()
                .filter(key -> owner.metadata().labels().containsKey(key))
                .allMatch(key -> Objects.equals(
                        owner.metadata().labels().get(key),
                        candidate.metadata().labels().get(key)));
        return sameKeys
                && candidate
                        .metadata()
                        .namespaceOrEmpty()
                        .equals(owner.metadata().namespaceOrEmpty())
                && Selector.of(constraint.labelSelector())
                        .matches(candidate.metadata().labels());
    }

    private boolean counts(Node node, Pod pod, TopologySpreadConstraint constraint, String action) {
        boolean hasKeys = constraints(pod, action).stream().allMatch(each -> value(node, each.topologyKey()) != null);
        boolean suits = "Ignore".equals(constraint.nodeAffinityPolicy()) || matches(node, pod);
        boolean tolerated = !"Honor".equals(constraint.nodeTaintsPolicy()) || isTolerated(node, pod);
        return hasKeys && suits && tolerated;
    }

    static boolean matches(Node node, Pod pod) {
        if (!Selector.ofLabels(pod.spec().nodeSelector())
                .matches(node.metadata().labels())) {
            return false;
        }
        Affinity affinity = pod.spec().affinity();
        var required = affinity == null || affinity.nodeAffinity() == null
                ? null
                : affinity.nodeAffinity().requiredDuringSchedulingIgnoredDuringExecution();
        return required == null
                || required.nodeSelectorTerms().stream()
                        .anyMatch(term -> NodeTerm.of(term).matches(node));
    }

    private static boolean isTolerated(Node node, Pod pod) {
        for (Taint taint : NodeTaints.effective(node)) {
            if (!taint.effect().equals("PreferNoSchedule")
                    && !NodeTaints.tolerates(pod.spec().tolerations(), taint)) {
                return false;
            }
        }
        return true;
    }

    private Map<String, Integer> perDomain(Pod pod, TopologySpreadConstraint constraint, String action) {
        var counts = new HashMap<String, Integer>();
        for (Node node : nodes.values()) {
            if (counts(node, pod, constraint, action)) {
                int here = 0;
                for (Placed other : pods.values()) {
                    boolean isHere = other.node.equals(node.metadata().nameOrEmpty());
                    boolean counted = !other.pod.metadata().isTerminating() && selects(constraint, pod, other.pod);
                    here += isHere && counted ? 1 : 0;
                }
                counts.merge(Objects.requireNonNull(value(node, constraint.topologyKey())), here, Integer::sum);
            }
        }
        return counts;
    }

    @Nullable
    String spreadRefusal(Pod pod, Node node) {
        for (TopologySpreadConstraint constraint : constraints(pod, "DoNotSchedule")) {
            String value = value(node, constraint.topologyKey());
            if (value == null) {
                return "node(s) didn't match pod topology spread constraints (missing required label)";
            }
            Map<String, Integer> counts = perDomain(pod, constraint, "DoNotSchedule");
            int minDomains = constraint.minDomains() == null ? 1 : constraint.minDomains();
            int fewest = counts.size() < minDomains
                    ? 0
                    : counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
            int self = selects(constraint, pod, pod) ? 1 : 0;
            if (counts.getOrDefault(value, 0) + self - fewest > constraint.maxSkew()) {
                return "node(s) didn't match pod topology spread constraints";
            }
        }
        return null;
    }

    /** Before it is scaled; null for a node that is not rated. */
    @Nullable
    Long spreadScore(Pod pod, Node node, List<Node> feasible) {
        List<TopologySpreadConstraint> constraints = constraints(pod, "ScheduleAnyway");
        if (!isRated(node, constraints)) {
            return null;
        }
        double score = 0;
        for (TopologySpreadConstraint constraint : constraints) {
            Set<String> values = new HashSet<>();
            feasible.stream()
                    .filter(each -> isRated(each, constraints))
                    .forEach(each -> values.add(value(each, constraint.topologyKey())));
            int count = perDomain(pod, constraint, "ScheduleAnyway")
                    .getOrDefault(Objects.requireNonNull(value(node, constraint.topologyKey())), 0);
            score += count * Math.log(values.size() + 2.0) + (constraint.maxSkew() - 1);
        }
        return Math.round(score);
    }

    private static boolean isRated(Node node, List<TopologySpreadConstraint> constraints) {
        return constraints.stream().allMatch(each -> value(node, each.topologyKey()) != null);
    }
}
