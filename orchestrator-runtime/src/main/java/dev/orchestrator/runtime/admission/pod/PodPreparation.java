package dev.orchestrator.runtime.admission.pod;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Preparation;

/** What the API server itself sets of a pod: how it begins, and what a status write may leave out. */
final class PodPreparation implements Preparation<Pod> {

    private final PodSpecs specs;

    PodPreparation(PodSpecs specs) {
        this.specs = specs;
    }

    @Override
    public Pod forCreate(Pod pod) {
        PodSpec spec = specs.withMatchedLabels(pod.spec(), pod.metadata().labels());
        return new Pod(pod.metadata(), spec, specs.newborn(spec));
    }

    @Override
    public Pod forUpdate(Pod old, Pod updated) {
        if (Zero.isEmpty(old.status().qosClass())
                || !Zero.isEmpty(updated.status().qosClass())) {
            return updated;
        }
        var status = PodStatusBuilder.builder(updated.status())
                .qosClass(old.status().qosClass())
                .build();
        return new Pod(updated.metadata(), updated.spec(), status);
    }
}
