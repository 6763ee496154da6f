package dev.orchestrator.runtime.admission;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.admission.AdmissionPlugins.FailurePolicy;
import dev.orchestrator.api.admission.AdmissionPlugins.Mutating;
import dev.orchestrator.api.admission.AdmissionPlugins.Validating;
import dev.orchestrator.api.admission.AdmissionReview;
import dev.orchestrator.api.model.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the plug-ins of the embedding program; whatever they throw stays with the one request. */
final class PluginChain {

    private static final Logger LOG = LoggerFactory.getLogger(PluginChain.class);

    private final AdmissionPlugins plugins;

    PluginChain(AdmissionPlugins plugins) {
        this.plugins = plugins;
    }

    boolean mutates() {
        return !plugins.mutating().isEmpty();
    }

    boolean validates() {
        return !plugins.validating().isEmpty();
    }

    /** {@return the object after all mutating plug-ins} */
    Resource mutate(AdmissionReview review, Resource object) {
        AdmissionReview current = review;
        Resource result = object;
        for (Mutating plugin : plugins.mutating()) {
            result = mutate(plugin, current, result);
            current = current.withObject(result);
        }
        return result;
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // the failure of a plug-in becomes the answer to the request
    private static Resource mutate(Mutating plugin, AdmissionReview review, Resource object) {
        try {
            Resource changed = plugin.plugin().mutate(review);
            String fault = faultOf(object, changed);
            if (fault == null) {
                return changed;
            }
            failed(plugin.name(), plugin.failurePolicy(), review, new IllegalStateException(fault));
        } catch (ApiException refusal) {
            throw refusal;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError failure) {
            failed(plugin.name(), plugin.failurePolicy(), review, failure);
        }
        return object;
    }

    private static @Nullable String faultOf(Resource object, @Nullable Resource changed) {
        if (changed == null) {
            return "it returned null";
        }
        if (!changed.resourceType().equals(object.resourceType())) {
            return "it returned a " + changed.resourceType().kind() + " for a "
                    + object.resourceType().kind();
        }
        if (!changed.key().equals(object.key())) {
            return "it renamed the object from " + object.key() + " to " + changed.key();
        }
        return null;
    }

    /** Returns when no validating plug-in refuses. */
    void validate(AdmissionReview review) {
        for (Validating plugin : plugins.validating()) {
            try {
                plugin.plugin().validate(review);
            } catch (ApiException refusal) {
                throw refusal;
            } catch (Exception | LinkageError | AssertionError | StackOverflowError failure) {
                failed(plugin.name(), plugin.failurePolicy(), review, failure);
            }
        }
    }

    private static void failed(String name, FailurePolicy policy, AdmissionReview review, Throwable failure) {
        switch (policy) {
            case FAIL ->
                throw ApiException.of(
                        ApiException.Reason.INTERNAL_ERROR,
                        "Internal error occurred: failed calling admission plug-in \"" + name + "\": " + failure,
                        null,
                        failure);
            case IGNORE ->
                LOG.warn(
                        "Admission plug-in {} failed on {} {} and is ignored for it",
                        name,
                        review.type().kind(),
                        review.key(),
                        failure);
        }
    }
}
