package dev.orchestrator.api.model.meta;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What the API server says about a list. */
@Model
public record ListMeta(
        @JsonProperty("continue") @Nullable String continueToken,
        @Nullable Long remainingItemCount,
        @Nullable String resourceVersion,
        @Nullable String selfLink,
        @Nullable ShardInfo shardInfo) {}
