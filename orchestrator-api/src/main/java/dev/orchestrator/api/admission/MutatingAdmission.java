package dev.orchestrator.api.admission;

import dev.orchestrator.api.model.Resource;

/**
 * Changes objects before they are checked and stored.
 *
 * <p>Called on the writing thread, possibly several at once and possibly more than once for one write, so it must be
 * quick and give the same answer each time.
 */
@FunctionalInterface
public interface MutatingAdmission {

    /**
     * {@return the object to store: that of the review, or a changed copy of the same kind, name and namespace}
     *
     * <p>Called for creations and updates. To refuse a request, throw {@link AdmissionReview#denied}; any other
     * exception is a fault of the plug-in and treated as its failure policy says.
     */
    Resource mutate(AdmissionReview review);
}
