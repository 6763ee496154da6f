package dev.orchestrator.api.model.meta;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What a refused request was about. */
@Model
public record StatusDetails(
        List<StatusCause> causes,
        @Nullable String group,
        @Nullable String kind,
        @Nullable String name,
        @Nullable Integer retryAfterSeconds,
        @Nullable String uid) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public StatusDetails {
        causes = Immutables.list(causes);
    }
}
