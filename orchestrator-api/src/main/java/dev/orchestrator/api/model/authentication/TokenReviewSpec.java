package dev.orchestrator.api.model.authentication;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** The token to be reviewed. */
@Model
public record TokenReviewSpec(
        List<String> audiences, @Required String token) {

    /** With nothing set. */
    public static final TokenReviewSpec EMPTY = TokenReviewSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public TokenReviewSpec {
        audiences = Immutables.list(audiences);
        token = Immutables.text(token);
    }
}
