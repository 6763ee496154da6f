package dev.orchestrator.runtime.admission.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.PodAffinity;
import dev.orchestrator.api.model.core.PodAffinityTerm;
import dev.orchestrator.api.model.core.PodAffinityTermBuilder;
import dev.orchestrator.api.model.core.PodAntiAffinity;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.TopologySpreadConstraint;
import dev.orchestrator.api.model.core.TopologySpreadConstraintBuilder;
import dev.orchestrator.api.model.core.WeightedPodAffinityTerm;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.LabelSelectorRequirement;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.mapped;
import static dev.orchestrator.runtime.admission.kind.Identity.mappedOrNull;
import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** Turns the label keys that affinity wants to match into requirements on the values this pod has. */
final class MatchedLabels {

    private final Map<String, String> labels;

    private MatchedLabels(Map<String, String> labels) {
        this.labels = labels;
    }

    static PodSpec merge(PodSpec spec, Map<String, String> labels) {
        var merging = new MatchedLabels(labels);
        Affinity affinity = mappedOrNull(spec.affinity(), merging::affinity);
        List<TopologySpreadConstraint> spread = mapped(spec.topologySpreadConstraints(), merging::constraint);
        return same(affinity, spec.affinity()) && same(spread, spec.topologySpreadConstraints())
                ? spec
                : PodSpecBuilder.builder(spec)
                        .affinity(affinity)
                        .topologySpreadConstraints(spread)
                        .build();
    }

    private Affinity affinity(Affinity affinity) {
        PodAffinity near = mappedOrNull(affinity.podAffinity(), given -> {
            var required = mapped(given.requiredDuringSchedulingIgnoredDuringExecution(), this::term);
            var preferred = mapped(given.preferredDuringSchedulingIgnoredDuringExecution(), this::weighted);
            return same(required, given.requiredDuringSchedulingIgnoredDuringExecution())
                            && same(preferred, given.preferredDuringSchedulingIgnoredDuringExecution())
                    ? given
                    : new PodAffinity(preferred, required);
        });
        PodAntiAffinity far = mappedOrNull(affinity.podAntiAffinity(), given -> {
            var required = mapped(given.requiredDuringSchedulingIgnoredDuringExecution(), this::term);
            var preferred = mapped(given.preferredDuringSchedulingIgnoredDuringExecution(), this::weighted);
            return same(required, given.requiredDuringSchedulingIgnoredDuringExecution())
                            && same(preferred, given.preferredDuringSchedulingIgnoredDuringExecution())
                    ? given
                    : new PodAntiAffinity(preferred, required);
        });
        return same(near, affinity.podAffinity()) && same(far, affinity.podAntiAffinity())
                ? affinity
                : new Affinity(affinity.nodeAffinity(), near, far);
    }

    private WeightedPodAffinityTerm weighted(WeightedPodAffinityTerm weighted) {
        PodAffinityTerm term = term(weighted.podAffinityTerm());
        return same(term, weighted.podAffinityTerm()) ? weighted : new WeightedPodAffinityTerm(term, weighted.weight());
    }

    private PodAffinityTerm term(PodAffinityTerm term) {
        LabelSelector selector = selector(term.labelSelector(), term.matchLabelKeys(), "In");
        selector = selector(selector, term.mismatchLabelKeys(), "NotIn");
        return same(selector, term.labelSelector())
                ? term
                : PodAffinityTermBuilder.builder(term).labelSelector(selector).build();
    }

    private TopologySpreadConstraint constraint(TopologySpreadConstraint constraint) {
        LabelSelector selector = selector(constraint.labelSelector(), constraint.matchLabelKeys(), "In");
        return same(selector, constraint.labelSelector())
                ? constraint
                : TopologySpreadConstraintBuilder.builder(constraint)
                        .labelSelector(selector)
                        .build();
    }

    private @Nullable LabelSelector selector(@Nullable LabelSelector selector, List<String> keys, String operator) {
        if (selector == null || keys.isEmpty()) {
            return selector;
        }
        List<LabelSelectorRequirement> expressions = new ArrayList<>(selector.matchExpressions());
        for (String key : keys) {
            String value = labels.get(key);
            if (value != null) {
                expressions.add(new LabelSelectorRequirement(key, operator, List.of(value)));
            }
        }
        return expressions.size() == selector.matchExpressions().size()
                ? selector
                : new LabelSelector(expressions, selector.matchLabels());
    }
}
