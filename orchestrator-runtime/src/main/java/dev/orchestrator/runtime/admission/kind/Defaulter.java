package dev.orchestrator.runtime.admission.kind;

import dev.orchestrator.api.model.Resource;

/** Fills in what a user left out, as Kubernetes does. */
@FunctionalInterface
public interface Defaulter<R extends Resource> {

    /** {@return the object with its defaults; the same instance when nothing was missing} */
    R withDefaults(R object);

    /** {@return a defaulter that changes nothing} */
    static <R extends Resource> Defaulter<R> none() {
        return object -> object;
    }
}
