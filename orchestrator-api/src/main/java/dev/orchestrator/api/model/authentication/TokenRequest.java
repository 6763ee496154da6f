package dev.orchestrator.api.model.authentication;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ReviewTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Asks for a token of a service account. */
@Model
public record TokenRequest(ObjectMeta metadata, TokenRequestSpec spec, TokenRequestStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public TokenRequest {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, TokenRequestSpec.EMPTY);
        status = requireNonNullElse(status, TokenRequestStatus.EMPTY);
    }

    @Override
    public ResourceType<TokenRequest> resourceType() {
        return ReviewTypes.TOKEN_REQUEST;
    }

    @Override
    public TokenRequest withMetadata(ObjectMeta metadata) {
        return TokenRequestBuilder.builder(this).metadata(metadata).build();
    }
}
