package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** An HTTP request to make. */
@Model
public record HTTPGetAction(
        @Nullable String host,
        List<HTTPHeader> httpHeaders,
        @Nullable String path,
        @Required @Nullable IntOrString port,
        @Nullable String scheme) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HTTPGetAction {
        httpHeaders = Immutables.list(httpHeaders);
    }
}
