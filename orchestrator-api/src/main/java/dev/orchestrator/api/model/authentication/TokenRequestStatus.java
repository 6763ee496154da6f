package dev.orchestrator.api.model.authentication;

import java.time.Instant;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The token that was issued. */
@Model
public record TokenRequestStatus(
        @Nullable Instant expirationTimestamp, @Nullable String token) {

    /** With nothing set. */
    public static final TokenRequestStatus EMPTY =
            TokenRequestStatusBuilder.builder().build();
}
