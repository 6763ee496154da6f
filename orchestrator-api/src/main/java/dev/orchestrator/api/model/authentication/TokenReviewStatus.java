package dev.orchestrator.api.model.authentication;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a token proves. */
@Model
public record TokenReviewStatus(
        List<String> audiences,
        boolean authenticated,
        @Nullable String error,
        UserInfo user) {

    /** With nothing set. */
    public static final TokenReviewStatus EMPTY =
            TokenReviewStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public TokenReviewStatus {
        audiences = Immutables.list(audiences);
        user = requireNonNullElse(user, UserInfo.EMPTY);
    }
}
