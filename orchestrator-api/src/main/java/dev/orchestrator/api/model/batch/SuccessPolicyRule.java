package dev.orchestrator.api.model.batch;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes SuccessPolicyRule. */
@Model
public record SuccessPolicyRule(
        @Nullable Integer succeededCount, @Nullable String succeededIndexes) {}
