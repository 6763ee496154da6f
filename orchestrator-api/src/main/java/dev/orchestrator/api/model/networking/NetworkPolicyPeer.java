package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

/** Pods, namespaces or addresses that a rule is about. */
@Model
public record NetworkPolicyPeer(
        @Nullable IPBlock ipBlock,
        @Nullable LabelSelector namespaceSelector,
        @Nullable LabelSelector podSelector) {}
