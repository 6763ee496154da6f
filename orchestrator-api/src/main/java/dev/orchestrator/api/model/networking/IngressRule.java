package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes IngressRule. */
@Model
public record IngressRule(@Nullable String host, @Nullable HTTPIngressRuleValue http) {}
