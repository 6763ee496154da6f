package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** How the pods of a stateful set are numbered. */
@Model
public record StatefulSetOrdinals(@Nullable Integer start) {}
