package dev.orchestrator.api.model.authentication;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** For whom a token is, how long it lasts and what it is bound to. */
@Model
public record TokenRequestSpec(
        List<String> audiences,
        @Nullable BoundObjectReference boundObjectRef,
        @Nullable Long expirationSeconds) {

    /** With nothing set. */
    public static final TokenRequestSpec EMPTY =
            TokenRequestSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public TokenRequestSpec {
        audiences = Immutables.list(audiences);
    }
}
