package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes StatefulSetOrdinals. */
@Model
public record StatefulSetOrdinals(@Nullable Integer start) {}
