package dev.orchestrator.api.model.authorization;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ReviewTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Asks whether the caller may do something. */
@Model
public record SelfSubjectAccessReview(
        ObjectMeta metadata, @Required SelfSubjectAccessReviewSpec spec, SubjectAccessReviewStatus status)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SelfSubjectAccessReview {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, SelfSubjectAccessReviewSpec.EMPTY);
        status = requireNonNullElse(status, SubjectAccessReviewStatus.EMPTY);
    }

    @Override
    public ResourceType<SelfSubjectAccessReview> resourceType() {
        return ReviewTypes.SELF_SUBJECT_ACCESS_REVIEW;
    }

    @Override
    public SelfSubjectAccessReview withMetadata(ObjectMeta metadata) {
        return SelfSubjectAccessReviewBuilder.builder(this).metadata(metadata).build();
    }
}
