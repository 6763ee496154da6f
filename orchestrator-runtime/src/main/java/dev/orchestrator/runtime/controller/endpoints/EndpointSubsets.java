package dev.orchestrator.runtime.controller.endpoints;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.orchestrator.api.model.core.EndpointAddress;
import dev.orchestrator.api.model.core.EndpointPort;
import dev.orchestrator.api.model.core.EndpointSubset;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import org.jspecify.annotations.Nullable;

/**
 * The subsets of an Endpoints object in canonical form: addresses that serve the same ports together, sorted.
 *
 * @param subsets the subsets
 * @param truncated whether there were more addresses than an Endpoints object may hold
 */
record EndpointSubsets(List<EndpointSubset> subsets, boolean truncated) {

    /** How many addresses Kubernetes writes into one Endpoints object. */
    static final int MAX_ADDRESSES = 1000;

    private record Member(EndpointAddress address, boolean ready) {}

    /** Copies the list. */
    EndpointSubsets {
        subsets = List.copyOf(subsets);
    }

    /** {@return what the Endpoints object of a service with these pods says} */
    static EndpointSubsets of(Service service, List<Pod> pods) {
        boolean unready = service.spec().publishNotReadyAddresses();
        var byPort = new LinkedHashMap<@Nullable EndpointPort, Map<String, Member>>();
        for (Pod pod : pods) {
            String address = PodEndpoints.address(pod, family(service));
            if (address == null || (pod.metadata().isTerminating() && !unready)) {
                continue;
            }
            var member = new Member(PodEndpoints.endpointAddress(service, pod, address), unready || pod.isReady());
            for (EndpointPort port : portsOf(service, pod)) {
                byPort.computeIfAbsent(port, key -> new TreeMap<>()).put(address, member);
            }
            if (service.spec().ports().isEmpty()) {
                byPort.computeIfAbsent(null, key -> new TreeMap<>()).put(address, member);
            }
        }
        var portsByMembers = new LinkedHashMap<Map<String, Member>, List<EndpointPort>>();
        byPort.forEach((port, members) -> {
            var ports = portsByMembers.computeIfAbsent(members, key -> new ArrayList<>());
            if (port != null) {
                ports.add(port);
            }
        });
        return limited(portsByMembers);
    }

    private static String family(Service service) {
        List<String> families = service.spec().ipFamilies();
        return families.isEmpty() ? "IPv4" : families.getFirst();
    }

    private static List<EndpointPort> portsOf(Service service, Pod pod) {
        var ports = new ArrayList<EndpointPort>();
        for (var port : TargetPorts.of(service, pod)) {
            String name = port.name() == null || port.name().isEmpty() ? null : port.name();
            ports.add(new EndpointPort(
                    port.appProtocol(), name, Objects.requireNonNullElse(port.port(), 0), port.protocol()));
        }
        return ports;
    }

    /** Ready addresses have the first claim to the places. */
    private static EndpointSubsets limited(Map<Map<String, Member>, List<EndpointPort>> portsByMembers) {
        int ready = 0;
        int total = 0;
        for (Map<String, Member> members : portsByMembers.keySet()) {
            for (Member member : members.values()) {
                total++;
                ready += member.ready ? 1 : 0;
            }
        }
        int readyLeft = Math.min(ready, MAX_ADDRESSES);
        int unreadyLeft = Math.min(total - ready, MAX_ADDRESSES - readyLeft);
        var subsets = new ArrayList<EndpointSubset>();
        for (var entry : portsByMembers.entrySet()) {
            var addresses = new ArrayList<EndpointAddress>();
            var notReady = new ArrayList<EndpointAddress>();
            for (Member member : entry.getKey().values()) {
                if (member.ready && readyLeft > 0) {
                    readyLeft--;
                    addresses.add(member.address);
                } else if (!member.ready && unreadyLeft > 0) {
                    unreadyLeft--;
                    notReady.add(member.address);
                }
            }
            if (!addresses.isEmpty() || !notReady.isEmpty()) {
                subsets.add(new EndpointSubset(addresses, notReady, sorted(entry.getValue())));
            }
        }
        return new EndpointSubsets(subsets, total > MAX_ADDRESSES);
    }

    private static List<EndpointPort> sorted(List<EndpointPort> ports) {
        return ports.stream()
                .sorted(Comparator.comparing((EndpointPort port) -> Objects.requireNonNullElse(port.name(), ""))
                        .thenComparingInt(EndpointPort::port)
                        .thenComparing(port -> Objects.requireNonNullElse(port.protocol(), "")))
                .toList();
    }
}
