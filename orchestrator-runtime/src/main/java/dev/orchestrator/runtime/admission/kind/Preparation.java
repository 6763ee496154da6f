package dev.orchestrator.runtime.admission.kind;

import dev.orchestrator.api.model.Resource;

/** What the API server itself sets or resets between mutation and validation. */
public interface Preparation<R extends Resource> {

    /** {@return a new object as it is to be validated; the same instance when nothing changes} */
    default R forCreate(R object) {
        return object;
    }

    /** {@return an updated object as it is to be validated; the same instance when nothing changes} */
    default R forUpdate(R old, R updated) {
        return updated;
    }

    /** {@return a preparation that changes nothing} */
    static <R extends Resource> Preparation<R> none() {
        return new Preparation<>() {};
    }
}
