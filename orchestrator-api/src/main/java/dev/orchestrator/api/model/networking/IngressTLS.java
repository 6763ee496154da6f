package dev.orchestrator.api.model.networking;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The certificate for some hosts. */
@Model
public record IngressTLS(List<String> hosts, @Nullable String secretName) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public IngressTLS {
        hosts = Immutables.list(hosts);
    }
}
