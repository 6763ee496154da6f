package dev.orchestrator.runtime.admission.service;

import java.util.function.IntPredicate;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.StoredObjects;
import org.jspecify.annotations.Nullable;

/** The rules of services. */
public final class ServiceRules {

    private ServiceRules() {}

    /**
     * {@return the rules of a kind if it is one of services; each call makes them anew}
     *
     * @param objects what is stored
     * @param isFreeOnHost whether a port of this machine can be listened on
     */
    public static @Nullable KindRules<?> of(ResourceType<?> type, StoredObjects objects, IntPredicate isFreeOnHost) {
        return switch (type.kind()) {
            case "Service" ->
                new KindRules<>(
                        ResourceTypes.SERVICE,
                        ServiceDefaults::withDefaults,
                        new ServiceAllocation(objects, isFreeOnHost),
                        new ServiceValidation());
            default -> null;
        };
    }
}
