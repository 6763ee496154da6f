package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** A port of a service, by name or number. */
@Model
public record ServiceBackendPort(
        @Nullable String name, @Nullable Integer number) {

    /** With nothing set. */
    public static final ServiceBackendPort EMPTY =
            ServiceBackendPortBuilder.builder().build();
}
