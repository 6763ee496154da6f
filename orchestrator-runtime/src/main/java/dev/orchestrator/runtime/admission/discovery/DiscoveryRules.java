package dev.orchestrator.runtime.admission.discovery;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.admission.kind.KindRules;
import org.jspecify.annotations.Nullable;

/** The rules of the kinds that say where a service's pods are reached. */
public final class DiscoveryRules {

    private DiscoveryRules() {}

    /** {@return the rules of a kind if it is one of endpoints and endpoint slices; each call makes them anew} */
    public static @Nullable KindRules<?> of(ResourceType<?> type) {
        return switch (type.kind()) {
            case "Endpoints" ->
                KindRules.of(ResourceTypes.ENDPOINTS, EndpointDefaults::withDefaults, new EndpointsValidation());
            case "EndpointSlice" ->
                KindRules.of(
                        ResourceTypes.ENDPOINT_SLICE, EndpointDefaults::withDefaults, new EndpointSliceValidation());
            default -> null;
        };
    }
}
