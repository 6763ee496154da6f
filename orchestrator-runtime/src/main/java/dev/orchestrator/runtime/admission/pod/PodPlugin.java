package dev.orchestrator.runtime.admission.pod;

import dev.orchestrator.api.admission.AdmissionReview;
import dev.orchestrator.api.admission.AdmissionReview.Operation;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.runtime.admission.kind.BuiltInPlugin;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** A plug-in that may change the spec of a pod. */
abstract class PodPlugin implements BuiltInPlugin {

    @Override
    public final boolean concerns(ResourceType<?> type) {
        return type.equals(ResourceTypes.POD);
    }

    @Override
    public final Resource mutate(AdmissionReview review, Resource object) {
        if (review.operation() == Operation.DELETE || !review.isMain() || !(object instanceof Pod pod)) {
            return object;
        }
        PodSpec spec = review.operation() == Operation.CREATE
                ? specOfCreated(pod, review)
                : specOfUpdated(review.oldObject(ResourceTypes.POD).orElse(pod), pod, review);
        return same(spec, pod.spec()) ? pod : new Pod(pod.metadata(), spec, pod.status());
    }

    /** {@return the spec of a new pod; the same instance for the same instance, so that pods keep sharing it} */
    abstract PodSpec specOfCreated(Pod pod, AdmissionReview review);

    /** {@return the spec of an updated pod} */
    PodSpec specOfUpdated(Pod old, Pod updated, AdmissionReview review) {
        return updated.spec();
    }
}
