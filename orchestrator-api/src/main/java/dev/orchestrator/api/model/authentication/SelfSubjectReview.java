package dev.orchestrator.api.model.authentication;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ReviewTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Asks the server who it takes the caller for. */
@Model
public record SelfSubjectReview(ObjectMeta metadata, SelfSubjectReviewStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SelfSubjectReview {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        status = requireNonNullElse(status, SelfSubjectReviewStatus.EMPTY);
    }

    @Override
    public ResourceType<SelfSubjectReview> resourceType() {
        return ReviewTypes.SELF_SUBJECT_REVIEW;
    }

    @Override
    public SelfSubjectReview withMetadata(ObjectMeta metadata) {
        return SelfSubjectReviewBuilder.builder(this).metadata(metadata).build();
    }
}
