package dev.orchestrator.server.resource;

import java.util.List;
import java.util.Set;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Binding;
import dev.orchestrator.api.model.core.ObjectReference;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.StatusBuilder;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.api.model.policy.Eviction;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Statuses;

import static java.util.Objects.requireNonNullElse;

/** What is done to a pod by posting to a part of it: evictions and bindings. */
public final class PodActions {

    /** The parts of a pod that are posted to. */
    public static final Set<String> PARTS = Set.of("eviction", "binding");

    private static final int CREATED = 201;

    private final ServedCluster cluster;

    /** Acts on the pods of a cluster. */
    public PodActions(ServedCluster cluster) {
        this.cluster = cluster;
    }

    /** Serves a request for one of {@link #PARTS}. */
    public void serve(Call call, ObjectKey pod, String part) {
        if (!call.method().equals("POST")) {
            throw Statuses.methodNotAllowed();
        }
        WriteRequest request = Requests.write(call, "CreateOptions");
        if (part.equals("eviction")) {
            evict(call, pod, request);
        } else {
            bind(call, pod, request);
        }
        call.json(
                CREATED,
                Statuses.tree(
                        StatusBuilder.builder().status("Success").code(CREATED).build()));
    }

    private void evict(Call call, ObjectKey key, WriteRequest request) {
        Eviction eviction = Bodies.object(call, ResourceTypes.EVICTION);
        requireName(eviction.metadata().nameOrEmpty(), key, "Eviction");
        DeleteOptions options = requireNonNullElse(
                eviction.deleteOptions(), DeleteOptionsBuilder.builder().build());
        Pod pod = cluster.store().get(ResourceTypes.POD, key);
        cluster.evict(pod, options, options.dryRun().isEmpty() ? request : request.asDryRun());
    }

    private void bind(Call call, ObjectKey key, WriteRequest request) {
        Binding binding = Bodies.object(call, ResourceTypes.BINDING);
        requireName(binding.metadata().nameOrEmpty(), key, "Binding");
        ObjectReference target = binding.target();
        String kind = requireNonNullElse(target.kind(), "");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            throw invalid(
                    key,
                    "target.kind",
                    "Unsupported value: \"" + kind + "\": supported values: \"Node\", \"<empty>\"",
                    "FieldValueNotSupported");
        }
        String node = requireNonNullElse(target.name(), "");
        if (node.isEmpty()) {
            throw invalid(key, "target.name", "Required value", "FieldValueRequired");
        }
        cluster.bind(key, node, request);
    }

    private static ApiException invalid(ObjectKey key, String field, String message, String reason) {
        return ApiException.invalid(
                ResourceTypes.BINDING, key.name(), List.of(new StatusCause(field, message, reason)));
    }

    private static void requireName(String given, ObjectKey key, String kind) {
        if (!given.equals(key.name())) {
            throw Statuses.badRequest("name in URL does not match name in " + kind + " object");
        }
    }
}
