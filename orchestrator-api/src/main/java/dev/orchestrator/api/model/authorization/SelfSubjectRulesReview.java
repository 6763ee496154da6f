package dev.orchestrator.api.model.authorization;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ReviewTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Asks what the caller may do in a namespace. */
@Model
public record SelfSubjectRulesReview(
        ObjectMeta metadata, @Required SelfSubjectRulesReviewSpec spec, SubjectRulesReviewStatus status)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SelfSubjectRulesReview {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, SelfSubjectRulesReviewSpec.EMPTY);
        status = requireNonNullElse(status, SubjectRulesReviewStatus.EMPTY);
    }

    @Override
    public ResourceType<SelfSubjectRulesReview> resourceType() {
        return ReviewTypes.SELF_SUBJECT_RULES_REVIEW;
    }

    @Override
    public SelfSubjectRulesReview withMetadata(ObjectMeta metadata) {
        return SelfSubjectRulesReviewBuilder.builder(this).metadata(metadata).build();
    }
}
