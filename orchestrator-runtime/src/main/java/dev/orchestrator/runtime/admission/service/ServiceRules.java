package dev.orchestrator.runtime.admission.service;

import java.util.List;
import java.util.function.IntPredicate;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.StoredObjects;

/** The rules of services. */
public final class ServiceRules {

    private ServiceRules() {}

    /**
     * {@return the rules of services}
     *
     * @param objects what is stored
     * @param isFreeOnHost whether a port of this machine can be listened on
     */
    public static List<KindRules<?>> all(StoredObjects objects, IntPredicate isFreeOnHost) {
        return List.of(new KindRules<>(
                ResourceTypes.SERVICE,
                ServiceDefaults::withDefaults,
                new ServiceAllocation(objects, isFreeOnHost),
                new ServiceValidation()));
    }
}
