package dev.orchestrator.runtime.controller.endpoints;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.EndpointAddress;
import dev.orchestrator.api.model.core.EndpointSubset;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointBuilder;
import dev.orchestrator.api.model.discovery.EndpointConditions;
import dev.orchestrator.api.model.discovery.EndpointPort;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Copies the Endpoints that people write for services without a selector into slices, which is what proxies read. */
final class MirrorReconciler implements Reconciler<ObjectKey> {

    static final String MANAGER = "endpointslicemirroring-controller.k8s.io";

    private static final int MAX_ENDPOINTS = 1000;
    private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
    private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";
    private static final List<String> NOT_COPIED = List.of(
            "kubectl.kubernetes.io/last-applied-configuration", "endpoints.kubernetes.io/last-change-trigger-time");

    private record Group(String addressType, List<EndpointPort> ports) {}

    private final ObjectStore store;
    private final SliceWriter slices;

    MirrorReconciler(ObjectStore store, OwnWrites ownWrites) {
        this.store = store;
        this.slices = new SliceWriter(store, ownWrites, MANAGER);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Endpoints endpoints = store.find(ResourceTypes.ENDPOINTS, key).orElse(null);
        Service service = store.find(ResourceTypes.SERVICE, key).orElse(null);
        if (endpoints == null || service == null || !isMirrored(endpoints, service)) {
            slices.deleteAll(key);
            return Outcome.done();
        }
        if (Services.isNamespaceTerminating(store, key)) {
            return Outcome.done();
        }
        List<EndpointSlice> existing = slices.existing(key);
        var plan = SlicePlan.of(desired(endpoints), existing, MAX_ENDPOINTS);
        slices.apply(endpoints, marks(endpoints), plan, existing);
        return Outcome.done();
    }

    private static boolean isMirrored(Endpoints endpoints, Service service) {
        return service.spec().selector().isEmpty()
                && !endpoints.metadata().isTerminating()
                && !"true".equals(endpoints.metadata().labels().get(SKIP))
                && !endpoints.metadata().annotations().containsKey(LEADER);
    }

    private static SliceWriter.Marks marks(Endpoints endpoints) {
        var annotations = new HashMap<>(endpoints.metadata().annotations());
        NOT_COPIED.forEach(annotations::remove);
        return new SliceWriter.Marks(endpoints.metadata().labels(), annotations);
    }

    private static Collection<SlicePlan.Content> desired(Endpoints endpoints) {
        var groups = new LinkedHashMap<Group, List<Endpoint>>();
        for (EndpointSubset subset : endpoints.subsets()) {
            List<EndpointPort> ports = ports(subset);
            subset.addresses().forEach(address -> add(groups, ports, address, true));
            subset.notReadyAddresses().forEach(address -> add(groups, ports, address, false));
        }
        var contents = new ArrayList<SlicePlan.Content>();
        groups.forEach(
                (group, members) -> contents.add(new SlicePlan.Content(group.addressType, group.ports, members)));
        return contents;
    }

    private static List<EndpointPort> ports(EndpointSubset subset) {
        var ports = new ArrayList<EndpointPort>();
        for (var port : subset.ports()) {
            ports.add(new EndpointPort(
                    port.appProtocol(),
                    Objects.requireNonNullElse(port.name(), ""),
                    port.port(),
                    Objects.requireNonNullElse(port.protocol(), "TCP")));
        }
        return ports;
    }

    private static void add(
            Map<Group, List<Endpoint>> groups, List<EndpointPort> ports, EndpointAddress address, boolean ready) {
        groups.computeIfAbsent(new Group(PodEndpoints.typeOf(address.ip()), ports), group -> new ArrayList<>())
                .add(EndpointBuilder.builder()
                        .addresses(List.of(address.ip()))
                        .conditions(new EndpointConditions(ready, null, null))
                        .hostname(emptyToNull(address.hostname()))
                        .nodeName(address.nodeName())
                        .targetRef(address.targetRef())
                        .build());
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
