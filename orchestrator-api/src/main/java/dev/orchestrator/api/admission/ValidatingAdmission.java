package dev.orchestrator.api.admission;

/**
 * Accepts or refuses a write once the object has its final form.
 *
 * <p>Called on the writing thread, possibly several at once and possibly more than once for one write, so it must be
 * quick.
 */
@FunctionalInterface
public interface ValidatingAdmission {

    /**
     * Returns to accept the request; throws {@link AdmissionReview#denied} to refuse it.
     *
     * <p>Any other exception is a fault of the plug-in and treated as its failure policy says.
     */
    void validate(AdmissionReview review);
}
