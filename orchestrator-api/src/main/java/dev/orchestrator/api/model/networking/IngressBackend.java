package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.core.TypedLocalObjectReference;
import org.jspecify.annotations.Nullable;

/** Where requests go. */
@Model
public record IngressBackend(
        @Nullable TypedLocalObjectReference resource,
        @Nullable IngressServiceBackend service) {

    /** With nothing set. */
    public static final IngressBackend EMPTY = IngressBackendBuilder.builder().build();
}
