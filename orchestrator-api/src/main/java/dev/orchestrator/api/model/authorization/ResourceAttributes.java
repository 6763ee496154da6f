package dev.orchestrator.api.model.authorization;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What is to be done with a resource. */
@Model
public record ResourceAttributes(
        @Nullable FieldSelectorAttributes fieldSelector,
        @Nullable String group,
        @Nullable LabelSelectorAttributes labelSelector,
        @Nullable String name,
        @Nullable String namespace,
        @Nullable String resource,
        @Nullable String subresource,
        @Nullable String verb,
        @Nullable String version) {}
