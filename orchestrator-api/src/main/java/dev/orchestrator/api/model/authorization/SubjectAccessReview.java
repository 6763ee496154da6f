package dev.orchestrator.api.model.authorization;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ReviewTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Asks whether somebody may do something. */
@Model
public record SubjectAccessReview(
        ObjectMeta metadata, @Required SubjectAccessReviewSpec spec, SubjectAccessReviewStatus status)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SubjectAccessReview {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, SubjectAccessReviewSpec.EMPTY);
        status = requireNonNullElse(status, SubjectAccessReviewStatus.EMPTY);
    }

    @Override
    public ResourceType<SubjectAccessReview> resourceType() {
        return ReviewTypes.SUBJECT_ACCESS_REVIEW;
    }

    @Override
    public SubjectAccessReview withMetadata(ObjectMeta metadata) {
        return SubjectAccessReviewBuilder.builder(this).metadata(metadata).build();
    }
}
