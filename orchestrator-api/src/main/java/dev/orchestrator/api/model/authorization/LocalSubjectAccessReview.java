package dev.orchestrator.api.model.authorization;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ReviewTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Asks whether somebody may do something in one namespace. */
@Model
public record LocalSubjectAccessReview(
        ObjectMeta metadata, @Required SubjectAccessReviewSpec spec, SubjectAccessReviewStatus status)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public LocalSubjectAccessReview {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, SubjectAccessReviewSpec.EMPTY);
        status = requireNonNullElse(status, SubjectAccessReviewStatus.EMPTY);
    }

    @Override
    public ResourceType<LocalSubjectAccessReview> resourceType() {
        return ReviewTypes.LOCAL_SUBJECT_ACCESS_REVIEW;
    }

    @Override
    public LocalSubjectAccessReview withMetadata(ObjectMeta metadata) {
        return LocalSubjectAccessReviewBuilder.builder(this).metadata(metadata).build();
    }
}
