package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What an ingress class stands for. */
@Model
public record IngressClassSpec(
        @Nullable String controller, @Nullable IngressClassParametersReference parameters) {

    /** With nothing set. */
    public static final IngressClassSpec EMPTY =
            IngressClassSpecBuilder.builder().build();
}
