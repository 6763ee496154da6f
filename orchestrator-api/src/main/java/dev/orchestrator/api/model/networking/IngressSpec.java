package dev.orchestrator.api.model.networking;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What an ingress should do. */
@Model
public record IngressSpec(
        @Nullable IngressBackend defaultBackend,
        @Nullable String ingressClassName,
        List<IngressRule> rules,
        List<IngressTLS> tls) {

    /** With nothing set. */
    public static final IngressSpec EMPTY = IngressSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public IngressSpec {
        rules = Immutables.list(rules);
        tls = Immutables.list(tls);
    }
}
