package dev.orchestrator.runtime.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ReviewTypes;
import dev.orchestrator.api.model.authentication.SelfSubjectReview;
import dev.orchestrator.api.model.authentication.SelfSubjectReviewStatus;
import dev.orchestrator.api.model.authentication.TokenReview;
import dev.orchestrator.api.model.authentication.TokenReviewStatus;
import dev.orchestrator.api.model.authentication.UserInfo;
import dev.orchestrator.api.model.authorization.LocalSubjectAccessReview;
import dev.orchestrator.api.model.authorization.NonResourceAttributes;
import dev.orchestrator.api.model.authorization.NonResourceRule;
import dev.orchestrator.api.model.authorization.ResourceAttributes;
import dev.orchestrator.api.model.authorization.ResourceRule;
import dev.orchestrator.api.model.authorization.SelfSubjectAccessReview;
import dev.orchestrator.api.model.authorization.SelfSubjectRulesReview;
import dev.orchestrator.api.model.authorization.SubjectAccessReview;
import dev.orchestrator.api.model.authorization.SubjectAccessReviewSpec;
import dev.orchestrator.api.model.authorization.SubjectAccessReviewStatus;
import dev.orchestrator.api.model.authorization.SubjectRulesReviewStatus;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.runtime.access.AccountTokens.RefusedTokenException;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Answers questions about who somebody is and what somebody may do. */
public final class Reviews {

    private static final String RESOURCE = "spec.resourceAttributes";
    private static final String PATH = "spec.nonResourceAttributes";

    /** Knows whose tokens are. */
    @FunctionalInterface
    public interface TokenVerifier {

        /**
         * {@return what a token shows}
         *
         * @throws RefusedTokenException if it shows nothing
         */
        AccountTokens.Proof verify(String token, List<String> audiences) throws RefusedTokenException;
    }

    private final Authorizer authorizer;
    private final TokenVerifier tokens;

    /** Asks those who know. */
    public Reviews(Authorizer authorizer, TokenVerifier tokens) {
        this.authorizer = authorizer;
        this.tokens = tokens;
    }

    /** {@return the review with who the caller is} */
    public SelfSubjectReview answer(SelfSubjectReview review, User caller) {
        return new SelfSubjectReview(review.metadata(), new SelfSubjectReviewStatus(caller.info()));
    }

    /**
     * {@return the review with what a token shows}
     *
     * @throws ApiException if there is no token in it
     */
    public TokenReview answer(TokenReview review) {
        String token = review.spec().token();
        if (token.isEmpty()) {
            throw badRequest("token is required for TokenReview in authentication");
        }
        List<String> audiences = review.spec().audiences().isEmpty()
                ? List.of(AccountTokens.ISSUER)
                : review.spec().audiences();
        TokenReviewStatus status;
        try {
            AccountTokens.Proof proof = tokens.verify(token, audiences);
            status = new TokenReviewStatus(
                    proof.audiences(), true, null, proof.user().info());
        } catch (RefusedTokenException refused) {
            status = new TokenReviewStatus(
                    List.of(), false, "[invalid bearer token, " + refused.getMessage() + "]", UserInfo.EMPTY);
        }
        return new TokenReview(review.metadata(), review.spec(), status);
    }

    /**
     * {@return the review with whether the caller may do something}
     *
     * @throws ApiException if the question makes no sense
     */
    public SelfSubjectAccessReview answer(SelfSubjectAccessReview review, User caller) {
        ResourceAttributes resource = review.spec().resourceAttributes();
        NonResourceAttributes path = review.spec().nonResourceAttributes();
        refuse(ReviewTypes.SELF_SUBJECT_ACCESS_REVIEW, complaints(resource, path));
        return new SelfSubjectAccessReview(review.metadata(), review.spec(), decide(caller, resource, path));
    }

    /**
     * {@return the review with whether somebody may do something}
     *
     * @throws ApiException if the question makes no sense
     */
    public SubjectAccessReview answer(SubjectAccessReview review) {
        refuse(ReviewTypes.SUBJECT_ACCESS_REVIEW, complaints(review.spec()));
        return new SubjectAccessReview(review.metadata(), review.spec(), decide(review.spec()));
    }

    /**
     * {@return the review with whether somebody may do something in its namespace}
     *
     * @throws ApiException if the question makes no sense
     */
    public LocalSubjectAccessReview answer(LocalSubjectAccessReview review) {
        List<StatusCause> complaints = complaints(review.spec());
        String namespace = review.metadata().namespaceOrEmpty();
        ResourceAttributes resource = review.spec().resourceAttributes();
        if (resource != null && !text(resource.namespace()).equals(namespace)) {
            complaints.add(wrong(
                    RESOURCE + ".namespace",
                    GoText.quote(text(resource.namespace())),
                    "must match metadata.namespace"));
        }
        if (review.spec().nonResourceAttributes() != null) {
            complaints.add(wrong(PATH, "null", "disallowed on this kind of request"));
        }
        refuse(ReviewTypes.LOCAL_SUBJECT_ACCESS_REVIEW, complaints);
        return new LocalSubjectAccessReview(review.metadata(), review.spec(), decide(review.spec()));
    }

    /**
     * {@return the review with what the caller may do}
     *
     * @throws ApiException if no namespace is named
     */
    public SelfSubjectRulesReview answer(SelfSubjectRulesReview review, User caller) {
        String namespace = text(review.spec().namespace());
        if (namespace.isEmpty()) {
            throw badRequest("no namespace on request");
        }
        Authorizer.Rules found = authorizer.rulesOf(caller, namespace);
        var resources = new ArrayList<ResourceRule>();
        var paths = new ArrayList<NonResourceRule>();
        for (PolicyRule rule : found.rules()) {
            if (!rule.resources().isEmpty()) {
                resources.add(new ResourceRule(rule.apiGroups(), rule.resourceNames(), rule.resources(), rule.verbs()));
            }
            if (!rule.nonResourceURLs().isEmpty()) {
                paths.add(new NonResourceRule(rule.nonResourceURLs(), rule.verbs()));
            }
        }
        return new SelfSubjectRulesReview(
                review.metadata(),
                review.spec(),
                new SubjectRulesReviewStatus(found.error().isEmpty() ? null : found.error(), false, paths, resources));
    }

    private SubjectAccessReviewStatus decide(SubjectAccessReviewSpec spec) {
        User user = new User(text(spec.user()), spec.uid(), spec.groups(), Map.copyOf(spec.extra()));
        return decide(user, spec.resourceAttributes(), spec.nonResourceAttributes());
    }

    private SubjectAccessReviewStatus decide(
            User user, @Nullable ResourceAttributes resource, @Nullable NonResourceAttributes path) {
        Decision decision = authorizer.decide(user, resource == null ? action(path) : action(resource));
        return new SubjectAccessReviewStatus(
                decision.allowed(), false, null, decision.reason().isEmpty() ? null : decision.reason());
    }

    private static Action action(@Nullable NonResourceAttributes path) {
        return path == null ? Action.onPath("", "") : Action.onPath(text(path.verb()), text(path.path()));
    }

    private static Action action(ResourceAttributes resource) {
        return new Action(
                text(resource.verb()),
                text(resource.group()),
                text(resource.resource()),
                text(resource.subresource()),
                text(resource.namespace()),
                text(resource.name()),
                "");
    }

    private static List<StatusCause> complaints(SubjectAccessReviewSpec spec) {
        List<StatusCause> complaints = complaints(spec.resourceAttributes(), spec.nonResourceAttributes());
        if (text(spec.user()).isEmpty() && spec.groups().isEmpty()) {
            complaints.add(wrong("spec.user", "\"\"", "at least one of user or group must be specified"));
        }
        return complaints;
    }

    private static List<StatusCause> complaints(
            @Nullable ResourceAttributes resource, @Nullable NonResourceAttributes path) {
        var complaints = new ArrayList<StatusCause>();
        if (resource != null && path != null) {
            complaints.add(wrong(
                    PATH,
                    "{\"path\":" + GoText.quote(text(path.path())) + ",\"verb\":" + GoText.quote(text(path.verb()))
                            + "}",
                    "cannot be specified in combination with resourceAttributes"));
        }
        if (resource == null && path == null) {
            complaints.add(wrong(
                    RESOURCE, "null", "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }
        return complaints;
    }

    private static StatusCause wrong(String field, String value, String why) {
        return new StatusCause(field, "Invalid value: " + value + ": " + why, "FieldValueInvalid");
    }

    private static void refuse(ResourceType<?> type, List<StatusCause> complaints) {
        if (!complaints.isEmpty()) {
            throw ApiException.invalid(type, "", complaints);
        }
    }

    private static ApiException badRequest(String message) {
        return ApiException.of(Reason.BAD_REQUEST, message);
    }

    private static String text(@Nullable String text) {
        return requireNonNullElse(text, "");
    }
}
