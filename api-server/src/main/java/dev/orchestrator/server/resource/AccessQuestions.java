package dev.orchestrator.server.resource;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ReviewTypes;
import dev.orchestrator.api.model.authentication.SelfSubjectReview;
import dev.orchestrator.api.model.authentication.TokenReview;
import dev.orchestrator.api.model.authorization.LocalSubjectAccessReview;
import dev.orchestrator.api.model.authorization.SelfSubjectAccessReview;
import dev.orchestrator.api.model.authorization.SelfSubjectRulesReview;
import dev.orchestrator.api.model.authorization.SubjectAccessReview;
import dev.orchestrator.runtime.access.AccountTokens;
import dev.orchestrator.runtime.access.Reviews;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Statuses;
import dev.orchestrator.server.http.Target;

/** Answers what is asked by posting an object that is never stored: reviews, and requests for tokens. */
public final class AccessQuestions {

    private static final int CREATED = 201;

    private final Answers answers;
    private final Reviews reviews;
    private final AccountTokens tokens;

    /** Lets others answer. */
    public AccessQuestions(ServedCluster cluster, Reviews reviews, AccountTokens tokens) {
        this.answers = new Answers(cluster.time());
        this.reviews = reviews;
        this.tokens = tokens;
    }

    /** Answers a review. */
    public <R extends Resource> void review(Call call, ResourceType<R> type, Target target) {
        boolean hasPlace = !type.isNamespaced() || target.namespace() != null;
        if (!call.method().equals("POST") || !hasPlace) {
            throw Statuses.methodNotAllowed();
        }
        Requests.write(call, "CreateOptions"); // refuses options that make no sense
        R asked = Resources.placed(Bodies.object(call, type), target);
        answers.object(call, CREATED, answer(asked, call));
    }

    private Resource answer(Resource asked, Call call) {
        return switch (asked) {
            case SelfSubjectReview it -> reviews.answer(it, call.user());
            case TokenReview it -> reviews.answer(it);
            case SelfSubjectAccessReview it -> reviews.answer(it, call.user());
            case SelfSubjectRulesReview it -> reviews.answer(it, call.user());
            case SubjectAccessReview it -> reviews.answer(it);
            case LocalSubjectAccessReview it -> reviews.answer(it);
            default -> throw Statuses.noSuchResource();
        };
    }

    /** Issues a token of a service account. */
    public void token(Call call, ObjectKey account) {
        if (!call.method().equals("POST")) {
            throw Statuses.methodNotAllowed();
        }
        Requests.write(call, "CreateOptions"); // refuses options that make no sense
        answers.object(call, CREATED, tokens.issue(account, Bodies.object(call, ReviewTypes.TOKEN_REQUEST)));
    }
}
