package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A config map that configures a node. */
@Model
public record ConfigMapNodeConfigSource(
        @Required String kubeletConfigKey,
        @Required String name,
        @Required String namespace,
        @Nullable String resourceVersion,
        @Nullable String uid) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ConfigMapNodeConfigSource {
        kubeletConfigKey = Immutables.text(kubeletConfigKey);
        name = Immutables.text(name);
        namespace = Immutables.text(namespace);
    }
}
