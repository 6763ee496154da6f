package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** An entry of a pod's hosts file. */
@Model
public record HostAlias(List<String> hostnames, @Required String ip) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HostAlias {
        hostnames = Immutables.list(hostnames);
        ip = Immutables.text(ip);
    }
}
