package dev.orchestrator.api.admission;

import java.util.ArrayList;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * The plug-ins of an embedding program, in the order they are asked.
 *
 * @param mutating those that may change an object
 * @param validating those that may only refuse it
 */
public record AdmissionPlugins(List<Mutating> mutating, List<Validating> validating) {

    /** What becomes of a request when a plug-in throws something else than a refusal. */
    public enum FailurePolicy {
        /** The request is refused with an internal error that names the plug-in. */
        FAIL,
        /** The failure is logged and the request goes on as if the plug-in were not there. */
        IGNORE
    }

    /**
     * A mutating plug-in and its name.
     *
     * @param name what error messages call it
     * @param failurePolicy what becomes of a request when it throws
     * @param plugin the plug-in
     */
    public record Mutating(String name, FailurePolicy failurePolicy, MutatingAdmission plugin) {

        /** Refuses null parts. */
        public Mutating {
            requireNonNull(name, "name is null");
            requireNonNull(failurePolicy, "failurePolicy is null");
            requireNonNull(plugin, "plugin is null");
        }
    }

    /**
     * A validating plug-in and its name.
     *
     * @param name what error messages call it
     * @param failurePolicy what becomes of a request when it throws
     * @param plugin the plug-in
     */
    public record Validating(String name, FailurePolicy failurePolicy, ValidatingAdmission plugin) {

        /** Refuses null parts. */
        public Validating {
            requireNonNull(name, "name is null");
            requireNonNull(failurePolicy, "failurePolicy is null");
            requireNonNull(plugin, "plugin is null");
        }
    }

    /** No plug-in. */
    public static final AdmissionPlugins NONE = new AdmissionPlugins(List.of(), List.of());

    /** Copies the lists. */
    public AdmissionPlugins {
        mutating = List.copyOf(mutating);
        validating = List.copyOf(validating);
    }

    /** {@return these and then a mutating plug-in whose failure refuses the request} */
    public AdmissionPlugins mutating(String name, MutatingAdmission plugin) {
        return mutating(name, FailurePolicy.FAIL, plugin);
    }

    /** {@return these and then a mutating plug-in} */
    public AdmissionPlugins mutating(String name, FailurePolicy failurePolicy, MutatingAdmission plugin) {
        return new AdmissionPlugins(and(mutating, new Mutating(name, failurePolicy, plugin)), validating);
    }

    /** {@return these and then a validating plug-in whose failure refuses the request} */
    public AdmissionPlugins validating(String name, ValidatingAdmission plugin) {
        return validating(name, FailurePolicy.FAIL, plugin);
    }

    /** {@return these and then a validating plug-in} */
    public AdmissionPlugins validating(String name, FailurePolicy failurePolicy, ValidatingAdmission plugin) {
        return new AdmissionPlugins(mutating, and(validating, new Validating(name, failurePolicy, plugin)));
    }

    private static <T> List<T> and(List<T> those, T last) {
        List<T> all = new ArrayList<>(those);
        all.add(last);
        return all;
    }
}
