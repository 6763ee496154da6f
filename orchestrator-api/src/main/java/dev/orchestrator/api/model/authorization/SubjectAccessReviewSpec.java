package dev.orchestrator.api.model.authorization;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Who would like to do what. */
@Model
public record SubjectAccessReviewSpec(
        Map<String, List<String>> extra,
        List<String> groups,
        @Nullable NonResourceAttributes nonResourceAttributes,
        @Nullable ResourceAttributes resourceAttributes,
        @Nullable String uid,
        @Nullable String user) {

    /** With nothing set. */
    public static final SubjectAccessReviewSpec EMPTY =
            SubjectAccessReviewSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SubjectAccessReviewSpec {
        extra = Immutables.map(extra);
        groups = Immutables.list(groups);
    }
}
