package dev.orchestrator.runtime.admission.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServiceBuilder;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.core.ServicePortBuilder;
import dev.orchestrator.api.model.core.ServiceSpec;
import dev.orchestrator.api.model.core.ServiceSpecBuilder;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Preparation;
import dev.orchestrator.runtime.admission.kind.StoredObjects;
import org.jspecify.annotations.Nullable;

/**
 * Gives services their cluster IPs and node ports.
 *
 * <p>What is handed out is remembered until the memory is rebuilt from the stored services, which happens when the
 * range seems to be used up: a write that is refused after its allocation costs an address until then and nothing else.
 */
final class ServiceAllocation implements Preparation<Service> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String IP_PREFIX = "10.";
    // 10.96.0.0/12; the first ten addresses are left to services that ask for them by convention.
    private static final int FIRST_IP = (96 << 16) + 10;
    private static final int LAST_IP = (112 << 16) - 2;
    private static final int FIRST_PORT = 30_000;
    private static final int LAST_PORT = 32_767;

    private final StoredObjects objects;
    private final IntPredicate isFreeOnHost;
    private final SplittableRandom random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> ips = new HashSet<>();
    private final Set<Integer> ports = new HashSet<>();
    private int nextIp = FIRST_IP;

    ServiceAllocation(StoredObjects objects, IntPredicate isFreeOnHost) {
        this.objects = objects;
        this.isFreeOnHost = isFreeOnHost;
        this.random = new SplittableRandom();
    }

    @Override
    public Service forCreate(Service service) {
        lock.lock();
        try {
            return allocate(null, service);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Service forUpdate(Service old, Service updated) {
        lock.lock();
        try {
            return allocate(old, keepAllocated(old, updated));
        } finally {
            lock.unlock();
        }
    }

    // A client that leaves out what was allocated means to keep it.
    private static Service keepAllocated(Service old, Service updated) {
        ServiceSpec spec = updated.spec();
        ServiceSpecBuilder builder = ServiceSpecBuilder.builder(spec);
        boolean keepIp = ServiceTypes.wantsClusterIp(updated)
                && !ServiceTypes.isExternalName(old.spec())
                && Zero.isEmpty(spec.clusterIP());
        if (keepIp) {
            builder.clusterIP(old.spec().clusterIP()).clusterIPs(old.spec().clusterIPs());
        }
        if (ServiceTypes.isExternalName(spec) && !ServiceTypes.isExternalName(old.spec())) {
            boolean unchanged = Objects.equals(spec.clusterIP(), old.spec().clusterIP());
            if (unchanged) {
                builder.clusterIP(null).clusterIPs(List.of());
            }
        }
        boolean leftOver = !ServiceTypes.mayHaveNodePorts(spec)
                && ServiceTypes.mayHaveNodePorts(old.spec())
                && Objects.equals(spec.externalTrafficPolicy(), old.spec().externalTrafficPolicy());
        if (leftOver) {
            builder.externalTrafficPolicy(null);
        }
        builder.ports(keptNodePorts(old, updated));
        ServiceSpec kept = builder.build();
        return kept.equals(spec)
                ? updated
                : ServiceBuilder.builder(updated).spec(kept).build();
    }

    private static List<ServicePort> keptNodePorts(Service old, Service updated) {
        boolean may = ServiceTypes.mayHaveNodePorts(updated.spec());
        List<ServicePort> kept = new ArrayList<>();
        for (ServicePort port : updated.spec().ports()) {
            int before = old.spec().ports().stream()
                    .filter(candidate ->
                            candidate.port() == port.port() && Objects.equals(candidate.protocol(), port.protocol()))
                    .mapToInt(ServicePort::nodePort)
                    .findFirst()
                    .orElse(0);
            if (may && port.nodePort() == 0 && before != 0) {
                kept.add(ServicePortBuilder.builder(port).nodePort(before).build());
            } else if (!may && port.nodePort() != 0 && port.nodePort() == before) {
                kept.add(ServicePortBuilder.builder(port).nodePort(0).build());
            } else {
                kept.add(port);
            }
        }
        return kept;
    }

    private Service allocate(@Nullable Service old, Service service) {
        var errors = new FieldErrors();
        ServiceSpecBuilder builder = ServiceSpecBuilder.builder(service.spec());
        if (ServiceTypes.wantsClusterIp(service)) {
            clusterIp(old, service, builder, errors);
        }
        builder.ports(nodePorts(old, service, errors));
        if (!errors.isEmpty()) {
            throw ApiException.invalid(ResourceTypes.SERVICE, service.metadata().nameOrEmpty(), errors.causes());
        }
        ServiceSpec allocated = builder.build();
        return allocated.equals(service.spec())
                ? service
                : ServiceBuilder.builder(service).spec(allocated).build();
    }

    private void clusterIp(@Nullable Service old, Service service, ServiceSpecBuilder builder, FieldErrors errors) {
        String asked = Zero.text(service.spec().clusterIP());
        if (asked.isEmpty()) {
            String ip = nextIp();
            builder.clusterIP(ip).clusterIPs(List.of(ip));
            return;
        }
        boolean isOwn = old != null && asked.equals(old.spec().clusterIP());
        if (isOwn) {
            return;
        }
        String fault = faultOf(asked, service);
        if (fault.isEmpty()) {
            ips.add(asked);
        } else {
            errors.invalid(
                    SPEC.child("clusterIPs"),
                    service.spec().clusterIPs(),
                    "failed to allocate IP " + asked + ": " + fault);
        }
    }

    private String faultOf(String ip, Service service) {
        int number = number(ip);
        if (number < (96 << 16) || number > LAST_IP + 1) {
            return "the provided IP (" + ip + ") is not in the valid range. The range of valid IPs is 10.96.0.0/12";
        }
        boolean taken = objects.list(ResourceTypes.SERVICE).stream()
                .anyMatch(other ->
                        other.spec().clusterIPs().contains(ip) && !other.key().equals(service.key()));
        return taken ? "provided IP is already allocated" : "";
    }

    /** {@return the last three bytes of an address that begins with 10; -1 for any other} */
    private static int number(String ip) {
        String[] parts = ip.split("\\.", -1);
        if (!ip.startsWith(IP_PREFIX) || parts.length != 4) {
            return -1;
        }
        try {
            return (Integer.parseInt(parts[1]) << 16) + (Integer.parseInt(parts[2]) << 8) + Integer.parseInt(parts[3]);
        } catch (NumberFormatException notAnAddress) {
            return -1;
        }
    }

    private String nextIp() {
        for (int round = 0; round < 2; round++) {
            for (int tried = FIRST_IP; tried <= LAST_IP; tried++) {
                int number = nextIp;
                nextIp = nextIp == LAST_IP ? FIRST_IP : nextIp + 1;
                String ip = IP_PREFIX + (number >> 16) + "." + ((number >> 8) & 255) + "." + (number & 255);
                if (ips.add(ip)) {
                    return ip;
                }
            }
            rebuild();
        }
        throw ApiException.of(
                ApiException.Reason.INTERNAL_ERROR,
                "Internal error occurred: failed to allocate a serviceIP: range is full");
    }

    private List<ServicePort> nodePorts(@Nullable Service old, Service service, FieldErrors errors) {
        if (!ServiceTypes.mayHaveNodePorts(service.spec())) {
            return service.spec().ports();
        }
        Set<Integer> own = new HashSet<>();
        if (old != null) {
            old.spec().ports().forEach(port -> own.add(port.nodePort()));
        }
        List<ServicePort> allocated = new ArrayList<>();
        List<ServicePort> asked = service.spec().ports();
        for (int i = 0; i < asked.size(); i++) {
            ServicePort port = asked.get(i);
            if (port.nodePort() != 0) {
                if (!own.contains(port.nodePort())) {
                    claim(port.nodePort(), service, SPEC.child("ports").index(i).child("nodePort"), errors);
                }
                allocated.add(port);
            } else if (ServiceTypes.hasNodePorts(service.spec())) {
                allocated.add(
                        ServicePortBuilder.builder(port).nodePort(nextPort()).build());
            } else {
                allocated.add(port);
            }
        }
        return allocated;
    }

    private void claim(int port, Service service, FieldPath path, FieldErrors errors) {
        if (port < FIRST_PORT || port > LAST_PORT) {
            errors.invalid(
                    path,
                    port,
                    "provided port is not in the valid range. The range of valid ports is " + FIRST_PORT + "-"
                            + LAST_PORT);
            return;
        }
        boolean taken = objects.list(ResourceTypes.SERVICE).stream()
                .filter(other -> !other.key().equals(service.key()))
                .anyMatch(other -> hasNodePort(other, port));
        if (taken) {
            errors.invalid(path, port, "provided port is already allocated");
        } else {
            ports.add(port);
        }
    }

    private static boolean hasNodePort(Service service, int port) {
        return service.spec().ports().stream().anyMatch(each -> each.nodePort() == port);
    }

    // Random, so that several orchestrators on one host seldom ask for the same port of the host.
    private int nextPort() {
        for (int round = 0; round < 2; round++) {
            int start = random.nextInt(LAST_PORT - FIRST_PORT + 1);
            for (int i = 0; i <= LAST_PORT - FIRST_PORT; i++) {
                int port = FIRST_PORT + (start + i) % (LAST_PORT - FIRST_PORT + 1);
                if (!ports.contains(port) && isFreeOnHost.test(port)) {
                    ports.add(port);
                    return port;
                }
            }
            rebuild();
        }
        throw ApiException.of(
                ApiException.Reason.INTERNAL_ERROR,
                "Internal error occurred: failed to allocate a nodePort: range is full");
    }

    private void rebuild() {
        ips.clear();
        ports.clear();
        for (Service service : objects.list(ResourceTypes.SERVICE)) {
            ips.addAll(service.spec().clusterIPs());
            service.spec().ports().forEach(port -> ports.add(port.nodePort()));
        }
    }
}
