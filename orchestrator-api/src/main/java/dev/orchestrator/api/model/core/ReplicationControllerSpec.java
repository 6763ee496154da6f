package dev.orchestrator.api.model.core;

import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What a replication controller should be. */
@Model
public record ReplicationControllerSpec(
        int minReadySeconds,
        @Nullable Integer replicas,
        Map<String, String> selector,
        @Nullable PodTemplateSpec template) {

    /** With nothing set. */
    public static final ReplicationControllerSpec EMPTY =
            ReplicationControllerSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ReplicationControllerSpec {
        selector = Immutables.map(selector);
    }
}
