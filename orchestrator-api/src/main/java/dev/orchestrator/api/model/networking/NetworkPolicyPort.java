package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes NetworkPolicyPort. */
@Model
public record NetworkPolicyPort(
        @Nullable Integer endPort,
        @Nullable IntOrString port,
        @Nullable String protocol) {}
