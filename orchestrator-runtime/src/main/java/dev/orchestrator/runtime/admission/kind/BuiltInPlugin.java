package dev.orchestrator.runtime.admission.kind;

import dev.orchestrator.api.admission.AdmissionReview;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;

/** A plug-in that Kubernetes has switched on by default. */
public interface BuiltInPlugin {

    /** {@return whether writes of this kind concern it} */
    boolean concerns(ResourceType<?> type);

    /**
     * {@return the object, changed or the same instance; for a deletion the object that goes}
     *
     * <p>Refuses by throwing.
     */
    default Resource mutate(AdmissionReview review, Resource object) {
        return object;
    }

    /** Returns when the write is allowed; runs after validation. */
    default void validate(AdmissionReview review, Resource object) {}
}
