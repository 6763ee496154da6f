package dev.orchestrator.api.model.authentication;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ReviewTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Asks whose token a token is. */
@Model
public record TokenReview(ObjectMeta metadata, @Required TokenReviewSpec spec, TokenReviewStatus status)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public TokenReview {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, TokenReviewSpec.EMPTY);
        status = requireNonNullElse(status, TokenReviewStatus.EMPTY);
    }

    @Override
    public ResourceType<TokenReview> resourceType() {
        return ReviewTypes.TOKEN_REVIEW;
    }

    @Override
    public TokenReview withMetadata(ObjectMeta metadata) {
        return TokenReviewBuilder.builder(this).metadata(metadata).build();
    }
}
