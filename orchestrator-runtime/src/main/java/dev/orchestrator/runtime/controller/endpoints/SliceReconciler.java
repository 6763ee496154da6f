package dev.orchestrator.runtime.controller.endpoints;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Keeps the EndpointSlices of a service that selects pods. */
final class SliceReconciler implements Reconciler<ObjectKey> {

    static final String MANAGER = "endpointslice-controller.k8s.io";

    private static final String ZONE = "topology.kubernetes.io/zone";

    private final ObjectStore store;
    private final SliceWriter slices;
    private final ServiceSizes sizes;

    SliceReconciler(ObjectStore store, OwnWrites ownWrites, ServiceSizes sizes) {
        this.store = store;
        this.slices = new SliceWriter(store, ownWrites, MANAGER);
        this.sizes = sizes;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Service service = store.find(ResourceTypes.SERVICE, key).orElse(null);
        if (service == null || !Services.selectsPods(service)) {
            // The slices of a service that is gone go with it: it owns them.
            if (service != null) {
                slices.deleteAll(key);
            }
            sizes.forget(key);
            return Outcome.done();
        }
        List<Pod> pods = Services.pods(store, service);
        sizes.remember(key, pods.size());
        var zones = new HashMap<String, @Nullable String>();
        var desired = DesiredSlices.of(service, pods, node -> zones.computeIfAbsent(node, this::zoneOf));
        List<EndpointSlice> existing = slices.existing(key);
        var plan = SlicePlan.of(desired, existing, SlicePlan.MAX_ENDPOINTS);
        // What is there still follows the pods: those of a namespace that is going away wait for it before they stop.
        slices.apply(
                service,
                new SliceWriter.Marks(Services.inheritedLabels(service), Map.of()),
                Services.isNamespaceTerminating(store, key) ? plan.withoutCreations() : plan,
                existing);
        return Outcome.done();
    }

    private @Nullable String zoneOf(String node) {
        return store.find(ResourceTypes.NODE, ObjectKey.cluster(node))
                .map(found -> found.metadata().labels().get(ZONE))
                .orElse(null);
    }

    /** {@return the service that a slice belongs to if this controller made it; null otherwise} */
    static @Nullable ObjectKey serviceOf(EndpointSlice slice, String manager) {
        Map<String, String> labels = slice.metadata().labels();
        String service = labels.get(SliceWriter.SERVICE_NAME);
        boolean managed = manager.equals(labels.get(SliceWriter.MANAGED_BY));
        return managed && service != null ? new ObjectKey(slice.metadata().namespaceOrEmpty(), service) : null;
    }
}
