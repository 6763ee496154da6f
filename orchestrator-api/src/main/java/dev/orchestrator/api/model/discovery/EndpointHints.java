package dev.orchestrator.api.model.discovery;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** Which clients an endpoint is meant for. */
@Model
public record EndpointHints(List<ForNode> forNodes, List<ForZone> forZones) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public EndpointHints {
        forNodes = Immutables.list(forNodes);
        forZones = Immutables.list(forZones);
    }
}
