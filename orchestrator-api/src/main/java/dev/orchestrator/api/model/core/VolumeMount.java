package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A volume inside a container. */
@Model
public record VolumeMount(
        @Required String mountPath,
        @Nullable String mountPropagation,
        @Required String name,
        boolean readOnly,
        @Nullable String recursiveReadOnly,
        @Nullable String subPath,
        @Nullable String subPathExpr) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public VolumeMount {
        mountPath = Immutables.text(mountPath);
        name = Immutables.text(name);
    }
}
