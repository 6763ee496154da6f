package dev.orchestrator.runtime.controller.endpoints;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;

/** Keeps the Endpoints object of a service that selects pods. */
final class EndpointsReconciler implements Reconciler<ObjectKey> {

    static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
    static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
    static final String MANAGER = "endpoint-controller";

    private final ObjectStore store;
    private final OwnWrites ownWrites;
    private final WriteRequest request = WriteRequest.ofController(MANAGER);

    EndpointsReconciler(ObjectStore store, OwnWrites ownWrites) {
        this.store = store;
        this.ownWrites = ownWrites;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Service service = store.find(ResourceTypes.SERVICE, key).orElse(null);
        if (service == null) {
            deleteOf(key);
            return Outcome.done();
        }
        if (!Services.selectsPods(service)) {
            return Outcome.done();
        }
        Endpoints current = store.find(ResourceTypes.ENDPOINTS, key).orElse(null);
        if (current == null && Services.isNamespaceTerminating(store, key)) {
            return Outcome.done();
        }
        var subsets = EndpointSubsets.of(service, Services.pods(store, service));
        ObjectMeta metadata = metadata(service, current, subsets.truncated());
        var desired = new Endpoints(metadata, subsets.subsets());
        if (current == null) {
            ownWrites.written(store.create(desired, request));
        } else if (!isSame(current, desired)) {
            ownWrites.written(store.update(desired, request));
        }
        return Outcome.done();
    }

    private static boolean isSame(Endpoints current, Endpoints desired) {
        return current.subsets().equals(desired.subsets()) && Objects.equals(current.metadata(), desired.metadata());
    }

    private static ObjectMeta metadata(Service service, @Nullable Endpoints current, boolean truncated) {
        ObjectMeta base = current == null
                ? ObjectMetaBuilder.builder()
                        .name(service.metadata().name())
                        .namespace(service.metadata().namespace())
                        .build()
                : current.metadata();
        Map<String, String> labels = Services.inheritedLabels(service);
        labels.put(MANAGED_BY, MANAGER);
        var annotations = new HashMap<>(base.annotations());
        annotations.remove(OVER_CAPACITY);
        if (truncated) {
            annotations.put(OVER_CAPACITY, "truncated");
        }
        return ObjectMetaBuilder.builder(base)
                .labels(labels)
                .annotations(annotations)
                .build();
    }

    /** Endpoints without a service that someone made by hand stay; ours go with the service. */
    private void deleteOf(ObjectKey key) {
        Endpoints current = store.find(ResourceTypes.ENDPOINTS, key).orElse(null);
        if (current == null || current.metadata().isTerminating()) {
            return;
        }
        ownWrites.deleting(current);
        try {
            store.delete(ResourceTypes.ENDPOINTS, key, SliceWriter.DELETE, request);
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
