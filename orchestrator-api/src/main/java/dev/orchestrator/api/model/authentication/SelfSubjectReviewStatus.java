package dev.orchestrator.api.model.authentication;

import dev.orchestrator.api.model.Model;

import static java.util.Objects.requireNonNullElse;

/** Who the server takes a caller for. */
@Model
public record SelfSubjectReviewStatus(UserInfo userInfo) {

    /** With nothing set. */
    public static final SelfSubjectReviewStatus EMPTY =
            SelfSubjectReviewStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SelfSubjectReviewStatus {
        userInfo = requireNonNullElse(userInfo, UserInfo.EMPTY);
    }
}
