package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes RollingUpdateStatefulSetStrategy. */
@Model
public record RollingUpdateStatefulSetStrategy(
        @Nullable IntOrString maxUnavailable, @Nullable Integer partition) {}
