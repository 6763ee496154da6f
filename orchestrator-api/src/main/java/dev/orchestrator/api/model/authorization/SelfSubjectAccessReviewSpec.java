package dev.orchestrator.api.model.authorization;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What the caller would like to do. */
@Model
public record SelfSubjectAccessReviewSpec(
        @Nullable NonResourceAttributes nonResourceAttributes,
        @Nullable ResourceAttributes resourceAttributes) {

    /** With nothing set. */
    public static final SelfSubjectAccessReviewSpec EMPTY =
            SelfSubjectAccessReviewSpecBuilder.builder().build();
}
