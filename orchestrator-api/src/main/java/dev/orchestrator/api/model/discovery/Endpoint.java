package dev.orchestrator.api.model.discovery;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.core.ObjectReference;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** One backend of a service: its addresses and whether it may be used. */
@Model
public record Endpoint(
        @Required List<String> addresses,
        EndpointConditions conditions,
        Map<String, String> deprecatedTopology,
        @Nullable EndpointHints hints,
        @Nullable String hostname,
        @Nullable String nodeName,
        @Nullable ObjectReference targetRef,
        @Nullable String zone) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Endpoint {
        addresses = Immutables.list(addresses);
        conditions = requireNonNullElse(conditions, EndpointConditions.EMPTY);
        deprecatedTopology = Immutables.map(deprecatedTopology);
    }
}
