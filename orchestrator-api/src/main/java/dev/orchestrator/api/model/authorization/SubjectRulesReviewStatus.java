package dev.orchestrator.api.model.authorization;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** What somebody may do. */
@Model
public record SubjectRulesReviewStatus(
        @Nullable String evaluationError,
        @Required boolean incomplete,
        @Required List<NonResourceRule> nonResourceRules,
        @Required List<ResourceRule> resourceRules) {

    /** With nothing set. */
    public static final SubjectRulesReviewStatus EMPTY =
            SubjectRulesReviewStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SubjectRulesReviewStatus {
        nonResourceRules = Immutables.list(nonResourceRules);
        resourceRules = Immutables.list(resourceRules);
    }
}
