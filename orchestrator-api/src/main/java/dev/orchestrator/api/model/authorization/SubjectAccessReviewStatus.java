package dev.orchestrator.api.model.authorization;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** Whether something is allowed. */
@Model
public record SubjectAccessReviewStatus(
        @Required boolean allowed,
        boolean denied,
        @Nullable String evaluationError,
        @Nullable String reason) {

    /** With nothing set. */
    public static final SubjectAccessReviewStatus EMPTY =
            SubjectAccessReviewStatusBuilder.builder().build();
}
