package dev.orchestrator.api.model.batch;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** One way for a job to count as done. */
@Model
public record SuccessPolicyRule(
        @Nullable Integer succeededCount, @Nullable String succeededIndexes) {}
