package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Which paths go to which backend. */
@Model
public record HTTPIngressPath(
        @Required IngressBackend backend,
        @Nullable String path,
        @Required String pathType) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HTTPIngressPath {
        backend = requireNonNullElse(backend, IngressBackend.EMPTY);
        pathType = Immutables.text(pathType);
    }
}
