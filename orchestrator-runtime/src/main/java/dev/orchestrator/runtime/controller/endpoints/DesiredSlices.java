package dev.orchestrator.runtime.controller.endpoints;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointPort;
import org.jspecify.annotations.Nullable;

/** The endpoints that a service should have, by address family and by the ports its pods serve them on. */
final class DesiredSlices {

    private record Group(String addressType, List<EndpointPort> ports) {}

    private DesiredSlices() {}

    /** {@return one content for each family and set of ports; for a family without pods an empty one} */
    static Collection<SlicePlan.Content> of(
            Service service, List<Pod> pods, Function<String, @Nullable String> zoneOfNode) {
        var groups = new LinkedHashMap<Group, List<Endpoint>>();
        var resolved = new LinkedHashMap<Object, List<EndpointPort>>();
        for (String addressType : families(service)) {
            boolean any = false;
            for (Pod pod : pods) {
                String address = PodEndpoints.address(pod, addressType);
                if (address != null) {
                    any = true;
                    var ports = portsOf(service, pod, resolved);
                    groups.computeIfAbsent(new Group(addressType, ports), group -> new ArrayList<>())
                            .add(PodEndpoints.endpoint(service, pod, address, zoneOfNode));
                }
            }
            if (!any) {
                groups.put(new Group(addressType, List.of()), List.of());
            }
        }
        var contents = new ArrayList<SlicePlan.Content>();
        for (Map.Entry<Group, List<Endpoint>> group : groups.entrySet()) {
            contents.add(new SlicePlan.Content(group.getKey().addressType, group.getKey().ports, group.getValue()));
        }
        return contents;
    }

    /** Pods of one template have equal containers, so their ports are resolved once. */
    private static List<EndpointPort> portsOf(Service service, Pod pod, Map<Object, List<EndpointPort>> resolved) {
        return resolved.computeIfAbsent(
                new Template(pod.spec().containers(), pod.spec().initContainers()),
                template -> TargetPorts.of(service, pod));
    }

    private static List<String> families(Service service) {
        List<String> families = service.spec().ipFamilies();
        return families.isEmpty() ? List.of("IPv4") : families;
    }

    /** Containers compared by identity, which costs nothing. */
    private record Template(Object containers, Object initContainers) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Template that
                    && containers == that.containers
                    && initContainers == that.initContainers;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(containers);
        }
    }
}
