package dev.orchestrator.runtime.controller.endpoints;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.ObjectReference;
import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointPort;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import org.jspecify.annotations.Nullable;

/**
 * Distributes the endpoints of a service over its slices with few writes: endpoints stay where they are, slices that
 * are written anyway are filled first, and only then another slice is written or a new one made.
 *
 * <p>It never rebalances: half-empty slices are cheaper than the writes that would merge them.
 *
 * @param create new slices
 * @param update existing slices with other content
 * @param delete slices that are not needed
 */
record SlicePlan(List<Content> create, Map<EndpointSlice, Content> update, List<EndpointSlice> delete) {

    /** {@return the plan without new slices, which a namespace that is going away does not take} */
    SlicePlan withoutCreations() {
        return new SlicePlan(List.of(), update, delete);
    }

    /** How many endpoints Kubernetes puts into one slice. */
    static final int MAX_ENDPOINTS = 100;

    /** What a slice says: endpoints of one address family that all serve the same ports. */
    record Content(String addressType, List<EndpointPort> ports, List<Endpoint> endpoints) {
        Content {
            ports = List.copyOf(ports);
            endpoints = List.copyOf(endpoints);
        }
    }

    /** What an endpoint is, whatever its state. */
    private record Identity(
            List<String> addresses, @Nullable String uid) {
        static Identity of(Endpoint endpoint) {
            ObjectReference target = endpoint.targetRef();
            return new Identity(endpoint.addresses(), target == null ? null : target.uid());
        }
    }

    /** Copies the collections. */
    SlicePlan {
        create = List.copyOf(create);
        delete = List.copyOf(delete);
    }

    /**
     * {@return what to write}
     *
     * @param desired the endpoints by address family and ports; a family without any endpoint still has a group
     * @param existing the slices that the service has
     * @param maxEndpoints how many endpoints fit into a slice
     */
    static SlicePlan of(Collection<Content> desired, List<EndpointSlice> existing, int maxEndpoints) {
        var byGroup = new HashMap<Content, List<EndpointSlice>>();
        for (EndpointSlice slice : existing) {
            byGroup.computeIfAbsent(group(slice.addressType(), slice.ports()), key -> new ArrayList<>())
                    .add(slice);
        }
        var create = new ArrayList<Content>();
        var update = new LinkedHashMap<EndpointSlice, Content>();
        var delete = new ArrayList<EndpointSlice>();
        for (Content wanted : desired) {
            List<EndpointSlice> slices = byGroup.remove(group(wanted.addressType, wanted.ports));
            var packing = new Packing(wanted, slices == null ? List.of() : slices, maxEndpoints);
            packing.run();
            create.addAll(packing.create);
            update.putAll(packing.update);
            delete.addAll(packing.delete);
        }
        byGroup.values().forEach(delete::addAll);
        recycle(create, update, delete);
        return new SlicePlan(create, update, delete);
    }

    private static Content group(String addressType, List<EndpointPort> ports) {
        return new Content(addressType, ports, List.of());
    }

    /** A slice that would be deleted takes the content of one that would be created: one write instead of two. */
    private static void recycle(List<Content> create, Map<EndpointSlice, Content> update, List<EndpointSlice> delete) {
        var remaining = create.iterator();
        while (remaining.hasNext()) {
            Content content = remaining.next();
            for (EndpointSlice slice : delete) {
                if (slice.addressType().equals(content.addressType)) {
                    update.put(slice, content);
                    delete.remove(slice);
                    remaining.remove();
                    break;
                }
            }
        }
    }

    /** {@return whether nothing has to be written} */
    boolean isEmpty() {
        return create.isEmpty() && update.isEmpty() && delete.isEmpty();
    }

    /** The packing of one group. */
    private static final class Packing {

        private final Content wanted;
        private final List<EndpointSlice> existing;
        private final int max;
        private final List<Content> create = new ArrayList<>();
        private final Map<EndpointSlice, Content> update = new LinkedHashMap<>();
        private final List<EndpointSlice> delete = new ArrayList<>();
        private final Map<EndpointSlice, List<Endpoint>> touched = new LinkedHashMap<>();
        private final List<EndpointSlice> untouched = new ArrayList<>();
        private final Map<Identity, Endpoint> unplaced = new LinkedHashMap<>();

        Packing(Content wanted, List<EndpointSlice> existing, int max) {
            this.wanted = wanted;
            this.existing = existing;
            this.max = max;
            for (Endpoint endpoint : wanted.endpoints) {
                unplaced.put(Identity.of(endpoint), endpoint);
            }
        }

        void run() {
            existing.forEach(this::keepWhatStays);
            fillTouched();
            place(new ArrayList<>(unplaced.values()));
            touched.forEach((slice, endpoints) -> {
                if (endpoints.isEmpty()) {
                    delete.add(slice);
                } else {
                    update.put(slice, new Content(wanted.addressType, wanted.ports, endpoints));
                }
            });
            keepOnePlaceholder();
        }

        private void keepWhatStays(EndpointSlice slice) {
            var kept = new ArrayList<Endpoint>(slice.endpoints().size());
            boolean changed = false;
            for (Endpoint endpoint : slice.endpoints()) {
                Endpoint now = unplaced.remove(Identity.of(endpoint));
                changed |= now == null || !now.equals(endpoint);
                if (now != null) {
                    kept.add(now);
                }
            }
            if (changed || slice.endpoints().isEmpty()) {
                touched.put(slice, kept);
            } else {
                untouched.add(slice);
            }
        }

        private void fillTouched() {
            var fullestFirst = new ArrayList<>(touched.values());
            fullestFirst.sort(Comparator.comparingInt((List<Endpoint> endpoints) -> -endpoints.size()));
            var remaining = unplaced.values().iterator();
            for (List<Endpoint> endpoints : fullestFirst) {
                while (endpoints.size() < max && remaining.hasNext()) {
                    endpoints.add(remaining.next());
                    remaining.remove();
                }
            }
        }

        private void place(List<Endpoint> rest) {
            int from = 0;
            while (rest.size() - from >= max) {
                create.add(new Content(wanted.addressType, wanted.ports, rest.subList(from, from + max)));
                from += max;
            }
            List<Endpoint> last = rest.subList(from, rest.size());
            if (last.isEmpty()) {
                return;
            }
            EndpointSlice roomy = fullestWithRoomFor(last.size());
            if (roomy == null) {
                create.add(new Content(wanted.addressType, wanted.ports, last));
            } else {
                var filled = new ArrayList<>(roomy.endpoints());
                filled.addAll(last);
                update.put(roomy, new Content(wanted.addressType, wanted.ports, filled));
            }
        }

        private @Nullable EndpointSlice fullestWithRoomFor(int count) {
            EndpointSlice fullest = null;
            for (EndpointSlice slice : untouched) {
                int size = slice.endpoints().size();
                if (size + count <= max
                        && (fullest == null || size > fullest.endpoints().size())) {
                    fullest = slice;
                }
            }
            return fullest;
        }

        /** A service without endpoints has one empty slice, so that its readers see that this is no delay. */
        private void keepOnePlaceholder() {
            if (!wanted.endpoints.isEmpty()) {
                return;
            }
            if (delete.isEmpty()) {
                create.add(wanted);
                return;
            }
            EndpointSlice kept = delete.removeFirst();
            if (!kept.endpoints().isEmpty()) {
                update.put(kept, wanted);
            }
        }
    }
}
