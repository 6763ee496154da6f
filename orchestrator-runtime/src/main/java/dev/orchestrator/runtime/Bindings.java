package dev.orchestrator.runtime;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import dev.orchestrator.runtime.scheduler.PodScheduled;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/** Puts pods on nodes for schedulers that run elsewhere. */
record Bindings(ObjectStore store, TimeSource time) {

    void bind(ObjectKey key, String node, WriteRequest request) {
        store.edit(ResourceTypes.POD, key, request.on(Subresource.BINDING), pod -> {
            String present = pod.spec().nodeName();
            if (pod.metadata().isTerminating()) {
                throw refused(pod, "pod " + key.name() + " is being deleted, cannot be assigned to a host");
            }
            if (present != null && !present.isEmpty()) {
                throw refused(pod, "pod " + key.name() + " is already assigned to node \"" + present + "\"");
            }
            if (!pod.spec().schedulingGates().isEmpty()) {
                throw refused(pod, "pod " + key.name() + " has non-empty .spec.schedulingGates");
            }
            return PodScheduled.bound(pod, node, time.instant());
        });
    }

    private static ApiException refused(Pod pod, String why) {
        String name = pod.metadata().nameOrEmpty();
        return ApiException.of(
                ApiException.Reason.CONFLICT,
                "Operation cannot be fulfilled on pods/binding \"" + name + "\": " + why,
                StatusDetailsBuilder.builder().name(name).kind("pods/binding").build(),
                null);
    }
}
