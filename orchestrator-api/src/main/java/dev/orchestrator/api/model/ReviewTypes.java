package dev.orchestrator.api.model;

import java.util.List;

import dev.orchestrator.api.model.ResourceType.Scope;
import dev.orchestrator.api.model.authentication.SelfSubjectReview;
import dev.orchestrator.api.model.authentication.TokenRequest;
import dev.orchestrator.api.model.authentication.TokenReview;
import dev.orchestrator.api.model.authorization.LocalSubjectAccessReview;
import dev.orchestrator.api.model.authorization.SelfSubjectAccessReview;
import dev.orchestrator.api.model.authorization.SelfSubjectRulesReview;
import dev.orchestrator.api.model.authorization.SubjectAccessReview;

/** The kinds that ask a server something: answered at once, never stored. */
public final class ReviewTypes {

    /** Kind SelfSubjectReview of authentication.k8s.io/v1, answered at once: never stored. */
    public static final ResourceType<SelfSubjectReview> SELF_SUBJECT_REVIEW = new ResourceType<>(
            "authentication.k8s.io",
            "v1",
            "SelfSubjectReview",
            "selfsubjectreviews",
            List.of(),
            List.of(),
            Scope.CLUSTER,
            false,
            SelfSubjectReview.class,
            null);

    /** Kind TokenRequest of authentication.k8s.io/v1, a subresource's body: never stored. */
    public static final ResourceType<TokenRequest> TOKEN_REQUEST = new ResourceType<>(
            "authentication.k8s.io",
            "v1",
            "TokenRequest",
            "tokenrequests",
            List.of(),
            List.of(),
            Scope.NAMESPACED,
            false,
            TokenRequest.class,
            null);

    /** Kind TokenReview of authentication.k8s.io/v1, answered at once: never stored. */
    public static final ResourceType<TokenReview> TOKEN_REVIEW = new ResourceType<>(
            "authentication.k8s.io",
            "v1",
            "TokenReview",
            "tokenreviews",
            List.of(),
            List.of(),
            Scope.CLUSTER,
            false,
            TokenReview.class,
            null);

    /** Kind LocalSubjectAccessReview of authorization.k8s.io/v1, answered at once: never stored. */
    public static final ResourceType<LocalSubjectAccessReview> LOCAL_SUBJECT_ACCESS_REVIEW = new ResourceType<>(
            "authorization.k8s.io",
            "v1",
            "LocalSubjectAccessReview",
            "localsubjectaccessreviews",
            List.of(),
            List.of(),
            Scope.NAMESPACED,
            false,
            LocalSubjectAccessReview.class,
            null);

    /** Kind SelfSubjectAccessReview of authorization.k8s.io/v1, answered at once: never stored. */
    public static final ResourceType<SelfSubjectAccessReview> SELF_SUBJECT_ACCESS_REVIEW = new ResourceType<>(
            "authorization.k8s.io",
            "v1",
            "SelfSubjectAccessReview",
            "selfsubjectaccessreviews",
            List.of(),
            List.of(),
            Scope.CLUSTER,
            false,
            SelfSubjectAccessReview.class,
            null);

    /** Kind SelfSubjectRulesReview of authorization.k8s.io/v1, answered at once: never stored. */
    public static final ResourceType<SelfSubjectRulesReview> SELF_SUBJECT_RULES_REVIEW = new ResourceType<>(
            "authorization.k8s.io",
            "v1",
            "SelfSubjectRulesReview",
            "selfsubjectrulesreviews",
            List.of(),
            List.of(),
            Scope.CLUSTER,
            false,
            SelfSubjectRulesReview.class,
            null);

    /** Kind SubjectAccessReview of authorization.k8s.io/v1, answered at once: never stored. */
    public static final ResourceType<SubjectAccessReview> SUBJECT_ACCESS_REVIEW = new ResourceType<>(
            "authorization.k8s.io",
            "v1",
            "SubjectAccessReview",
            "subjectaccessreviews",
            List.of(),
            List.of(),
            Scope.CLUSTER,
            false,
            SubjectAccessReview.class,
            null);

    private static final List<ResourceType<?>> ALL = List.of(
            SELF_SUBJECT_REVIEW,
            TOKEN_REVIEW,
            SELF_SUBJECT_ACCESS_REVIEW,
            SELF_SUBJECT_RULES_REVIEW,
            SUBJECT_ACCESS_REVIEW,
            LOCAL_SUBJECT_ACCESS_REVIEW);

    private ReviewTypes() {}

    /** {@return the kinds that are posted to a path of their own; a request for a token is posted to an account} */
    public static List<ResourceType<?>> all() {
        return ALL;
    }
}
