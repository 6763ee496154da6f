package dev.orchestrator.runtime.admission.pod;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.NodeAffinity;
import dev.orchestrator.api.model.core.PodAffinityTerm;
import dev.orchestrator.api.model.core.PreferredSchedulingTerm;
import dev.orchestrator.api.model.core.TopologySpreadConstraint;
import dev.orchestrator.api.model.core.WeightedPodAffinityTerm;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.kind.LabelSelectorRules;
import org.jspecify.annotations.Nullable;

/** The rules of where a pod wants to be: near which nodes and pods, and how evenly spread. */
final class AffinityValidation {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final int MOST_WEIGHT = 100;
    private static final List<String> UNSATISFIABLE = List.of("DoNotSchedule", "ScheduleAnyway");
    private static final List<String> NODE_POLICIES = List.of("Honor", "Ignore");

    private final FieldErrors errors;

    AffinityValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void affinity(@Nullable Affinity affinity, FieldPath path) {
        if (affinity == null) {
            return;
        }
        if (affinity.nodeAffinity() != null) {
            nodes(affinity.nodeAffinity(), path.child("nodeAffinity"));
        }
        if (affinity.podAffinity() != null) {
            var pods = affinity.podAffinity();
            terms(pods.requiredDuringSchedulingIgnoredDuringExecution(), path.child("podAffinity", REQUIRED));
            weighted(pods.preferredDuringSchedulingIgnoredDuringExecution(), path.child("podAffinity", PREFERRED));
        }
        if (affinity.podAntiAffinity() != null) {
            var pods = affinity.podAntiAffinity();
            terms(pods.requiredDuringSchedulingIgnoredDuringExecution(), path.child("podAntiAffinity", REQUIRED));
            weighted(pods.preferredDuringSchedulingIgnoredDuringExecution(), path.child("podAntiAffinity", PREFERRED));
        }
    }

    private void nodes(NodeAffinity affinity, FieldPath path) {
        if (affinity.requiredDuringSchedulingIgnoredDuringExecution() != null) {
            NodeSelectorValidation.validate(
                    affinity.requiredDuringSchedulingIgnoredDuringExecution(), path.child(REQUIRED), errors);
        }
        List<PreferredSchedulingTerm> preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution();
        for (int i = 0; i < preferred.size(); i++) {
            FieldPath each = path.child(PREFERRED).index(i);
            weight(preferred.get(i).weight(), each.child("weight"));
            NodeSelectorValidation.term(
                    preferred.get(i).preference(), NodeSelectorValidation.Values.ANY, each.child("preference"), errors);
        }
    }

    private void weight(int weight, FieldPath path) {
        if (weight <= 0 || weight > MOST_WEIGHT) {
            errors.invalid(path, weight, "must be in the range 1-100");
        }
    }

    private void terms(List<PodAffinityTerm> terms, FieldPath path) {
        for (int i = 0; i < terms.size(); i++) {
            term(terms.get(i), path.index(i));
        }
    }

    private void weighted(List<WeightedPodAffinityTerm> terms, FieldPath path) {
        for (int i = 0; i < terms.size(); i++) {
            weight(terms.get(i).weight(), path.index(i).child("weight"));
            term(terms.get(i).podAffinityTerm(), path.index(i).child("podAffinityTerm"));
        }
    }

    private void term(PodAffinityTerm term, FieldPath path) {
        LabelSelectorRules.validate(term.labelSelector(), path.child("labelSelector"), errors);
        LabelSelectorRules.validate(term.namespaceSelector(), path.child("namespaceSelector"), errors);
        for (String namespace : term.namespaces()) {
            errors.invalid(path.child("namespace"), namespace, Names.dnsLabel(namespace));
        }
        labelKeys(term.matchLabelKeys(), term.mismatchLabelKeys(), term.labelSelector(), path);
        if (term.topologyKey().isEmpty()) {
            errors.required(path.child("topologyKey"), "can not be empty");
        }
        errors.invalid(path.child("topologyKey"), term.topologyKey(), Names.qualifiedName(term.topologyKey()));
    }

    private void labelKeys(
            List<String> matching, List<String> differing, @Nullable LabelSelector selector, FieldPath path) {
        keys(matching, selector, path.child("matchLabelKeys"));
        keys(differing, selector, path.child("mismatchLabelKeys"));
        if (selector != null) {
            Set<String> selected = new HashSet<>(selector.matchLabels().keySet());
            selector.matchExpressions().forEach(expression -> {
                int position = matching.indexOf(expression.key());
                if (!selected.add(expression.key()) && position >= 0) {
                    errors.invalid(
                            path.index(position), expression.key(), "exists in both matchLabelKeys and labelSelector");
                }
            });
        }
        for (int i = 0; i < matching.size(); i++) {
            if (differing.contains(matching.get(i))) {
                errors.invalid(
                        path.child("matchLabelKeys").index(i),
                        matching.get(i),
                        "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }

    private void keys(List<String> keys, @Nullable LabelSelector selector, FieldPath path) {
        if (!keys.isEmpty() && selector == null) {
            errors.forbidden(path, "must not be specified when labelSelector is not set");
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            errors.invalid(path.index(i), keys.get(i), Names.qualifiedName(keys.get(i)));
        }
    }

    void spread(List<TopologySpreadConstraint> constraints, FieldPath path) {
        for (int i = 0; i < constraints.size(); i++) {
            TopologySpreadConstraint constraint = constraints.get(i);
            FieldPath each = path.index(i);
            positive(constraint.maxSkew(), each.child("maxSkew"));
            if (constraint.topologyKey().isEmpty()) {
                errors.required(each.child("topologyKey"), "can not be empty");
            }
            errors.supported(each.child("whenUnsatisfiable"), constraint.whenUnsatisfiable(), UNSATISFIABLE);
            notRepeated(constraint, constraints.subList(i + 1, constraints.size()), each);
            minDomains(constraint, each.child("minDomains"));
            errors.supported(each.child("nodeAffinityPolicy"), constraint.nodeAffinityPolicy(), NODE_POLICIES);
            errors.supported(each.child("nodeTaintsPolicy"), constraint.nodeTaintsPolicy(), NODE_POLICIES);
            labelKeys(constraint.matchLabelKeys(), List.of(), constraint.labelSelector(), each);
            LabelSelectorRules.validate(constraint.labelSelector(), each.child("labelSelector"), errors);
        }
    }

    private void notRepeated(
            TopologySpreadConstraint constraint, List<TopologySpreadConstraint> later, FieldPath path) {
        boolean repeated = later.stream()
                .anyMatch(other -> other.topologyKey().equals(constraint.topologyKey())
                        && other.whenUnsatisfiable().equals(constraint.whenUnsatisfiable()));
        if (repeated) {
            errors.duplicate(
                    path.child("{topologyKey, whenUnsatisfiable}"),
                    "{" + constraint.topologyKey() + ", " + constraint.whenUnsatisfiable() + "}");
        }
    }

    private void minDomains(TopologySpreadConstraint constraint, FieldPath path) {
        Integer domains = constraint.minDomains();
        if (domains == null) {
            return;
        }
        positive(domains, path);
        if (!constraint.whenUnsatisfiable().equals("DoNotSchedule")) {
            errors.invalid(
                    path,
                    domains,
                    "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "
                            + constraint.whenUnsatisfiable());
        }
    }

    private void positive(int value, FieldPath path) {
        if (value <= 0) {
            errors.invalid(path, value, "must be greater than zero");
        }
    }
}
