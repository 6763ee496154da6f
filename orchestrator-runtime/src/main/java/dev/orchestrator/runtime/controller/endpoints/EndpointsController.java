package dev.orchestrator.runtime.controller.endpoints;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the Endpoints and EndpointSlices of all services: those of services with a selector follow the pods, those that
 * people write by hand are mirrored.
 */
public final class EndpointsController implements Controller {

    private static final int WORKERS = 2;

    private final ObjectStore store;
    private final OwnWrites ownWrites = new OwnWrites();
    private final ServiceSizes sizes = new ServiceSizes();
    private final SelectorIndex services = new SelectorIndex();

    /** Creates the controller; it works once connected. */
    public EndpointsController(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "endpoints";
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<ObjectKey> slices =
                wiring.queue("endpointslice", WORKERS, new SliceReconciler(store, ownWrites, sizes));
        WorkQueue<ObjectKey> endpoints = wiring.queue("endpoints", 1, new EndpointsReconciler(store, ownWrites));
        WorkQueue<ObjectKey> mirrors =
                wiring.queue("endpointslicemirroring", 1, new MirrorReconciler(store, ownWrites));
        wiring.watch(ResourceTypes.SERVICE, change -> {
            ObjectKey key = serviceChanged(change);
            slices.add(key);
            endpoints.add(key);
            mirrors.add(key);
        });
        wiring.watch(ResourceTypes.POD, change -> podChanged(change, slices, endpoints));
        wiring.watch(ResourceTypes.ENDPOINT_SLICE, change -> sliceChanged(change, slices, mirrors));
        wiring.watch(ResourceTypes.ENDPOINTS, change -> {
            boolean own = ownWrites.isOwn(change);
            ObjectKey key = change.object().key();
            if (!own) {
                endpoints.add(key);
                mirrors.add(key);
            }
        });
    }

    private ObjectKey serviceChanged(Change<Service> change) {
        Service after = change.after();
        ObjectKey key = change.object().key();
        if (after == null) {
            services.remove(key);
        } else {
            services.put(after);
        }
        return key;
    }

    private void podChanged(Change<Pod> change, WorkQueue<ObjectKey> slices, WorkQueue<ObjectKey> endpoints) {
        Pod before = change.before();
        Pod after = change.after();
        if (before != null && after != null && !PodEndpoints.differ(before, after)) {
            return;
        }
        boolean urgent = isLoss(before, after);
        for (ObjectKey service : affected(before, after)) {
            Duration patience = urgent ? Duration.ZERO : sizes.patience(service);
            add(slices, service, patience);
            add(endpoints, service, patience);
        }
    }

    /** Traffic to a pod that stops or fails must end at once; a new pod can wait for the next one. */
    private static boolean isLoss(@Nullable Pod before, @Nullable Pod after) {
        boolean served =
                before != null && before.isReady() && !before.metadata().isTerminating();
        boolean serves = after != null && after.isReady() && !after.metadata().isTerminating();
        return served && !serves;
    }

    private Set<ObjectKey> affected(@Nullable Pod before, @Nullable Pod after) {
        Set<ObjectKey> now = services.selecting(after);
        boolean sameLabels = before == null
                || (after != null
                        && before.metadata().labels().equals(after.metadata().labels()));
        if (sameLabels) {
            return now;
        }
        var both = new LinkedHashSet<>(services.selecting(before));
        both.addAll(now);
        return both;
    }

    private static void add(WorkQueue<ObjectKey> queue, ObjectKey key, Duration delay) {
        if (delay.isZero()) {
            queue.add(key);
        } else {
            queue.addAfter(key, delay);
        }
    }

    private void sliceChanged(Change<EndpointSlice> change, WorkQueue<ObjectKey> slices, WorkQueue<ObjectKey> mirrors) {
        if (ownWrites.isOwn(change)) {
            return;
        }
        for (EndpointSlice slice : new EndpointSlice[] {change.before(), change.after()}) {
            if (slice != null) {
                ObjectKey selected = SliceReconciler.serviceOf(slice, SliceReconciler.MANAGER);
                ObjectKey mirrored = SliceReconciler.serviceOf(slice, MirrorReconciler.MANAGER);
                if (selected != null) {
                    slices.add(selected);
                } else if (mirrored != null) {
                    mirrors.add(mirrored);
                }
            }
        }
    }
}
