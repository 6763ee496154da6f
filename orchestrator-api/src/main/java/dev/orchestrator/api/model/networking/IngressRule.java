package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The rules for one host. */
@Model
public record IngressRule(@Nullable String host, @Nullable HTTPIngressRuleValue http) {}
