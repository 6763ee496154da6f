package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What a node should be. */
@Model
public record NodeSpec(
        @Nullable NodeConfigSource configSource,
        @Nullable String externalID,
        @Nullable String podCIDR,
        List<String> podCIDRs,
        @Nullable String providerID,
        List<Taint> taints,
        boolean unschedulable) {

    /** With nothing set. */
    public static final NodeSpec EMPTY = NodeSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NodeSpec {
        podCIDRs = Immutables.list(podCIDRs);
        taints = Immutables.list(taints);
    }
}
