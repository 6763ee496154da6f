package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Ports that a rule is about. */
@Model
public record NetworkPolicyPort(
        @Nullable Integer endPort,
        @Nullable IntOrString port,
        @Nullable String protocol) {}
