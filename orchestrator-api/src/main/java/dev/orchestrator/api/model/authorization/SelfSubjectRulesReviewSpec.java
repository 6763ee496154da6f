package dev.orchestrator.api.model.authorization;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The namespace in question. */
@Model
public record SelfSubjectRulesReviewSpec(@Nullable String namespace) {

    /** With nothing set. */
    public static final SelfSubjectRulesReviewSpec EMPTY =
            SelfSubjectRulesReviewSpecBuilder.builder().build();
}
