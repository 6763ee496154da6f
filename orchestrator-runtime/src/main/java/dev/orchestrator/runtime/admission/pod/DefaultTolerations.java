package dev.orchestrator.runtime.admission.pod;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.admission.AdmissionReview;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.runtime.admission.field.Zero;

/** Lets a pod stay five minutes on a node that is not ready or cannot be reached, unless it says otherwise. */
final class DefaultTolerations extends PodPlugin {

    private static final long SECONDS = 300;
    private static final List<Toleration> DEFAULTS = List.of(
            new Toleration("NoExecute", "node.kubernetes.io/not-ready", "Exists", SECONDS, null),
            new Toleration("NoExecute", "node.kubernetes.io/unreachable", "Exists", SECONDS, null));

    private final SpecMemo<PodSpec, Boolean, PodSpec> recent = new SpecMemo<>();

    @Override
    PodSpec specOfCreated(Pod pod, AdmissionReview review) {
        PodSpec spec = pod.spec();
        PodSpec known = recent.find(spec, true);
        if (known != null) {
            return known;
        }
        PodSpec result = withTolerations(spec);
        recent.remember(spec, true, result);
        return result;
    }

    @Override
    PodSpec specOfUpdated(Pod old, Pod updated, AdmissionReview review) {
        return specOfCreated(updated, review);
    }

    private static PodSpec withTolerations(PodSpec spec) {
        List<Toleration> tolerations = new ArrayList<>(spec.tolerations());
        for (Toleration wanted : DEFAULTS) {
            if (spec.tolerations().stream().noneMatch(given -> covers(given, wanted))) {
                tolerations.add(wanted);
            }
        }
        return tolerations.size() == spec.tolerations().size()
                ? spec
                : PodSpecBuilder.builder(spec).tolerations(tolerations).build();
    }

    private static boolean covers(Toleration given, Toleration wanted) {
        String key = Zero.text(given.key());
        String effect = Zero.text(given.effect());
        return (key.isEmpty() || key.equals(wanted.key())) && (effect.isEmpty() || effect.equals("NoExecute"));
    }
}
