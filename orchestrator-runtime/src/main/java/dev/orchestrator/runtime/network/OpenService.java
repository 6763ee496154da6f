package dev.orchestrator.runtime.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.core.SessionAffinityConfig;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.runtime.network.proxy.Endpoint;
import dev.orchestrator.runtime.network.proxy.PortOptions;
import dev.orchestrator.runtime.network.proxy.ServiceProxy;
import dev.orchestrator.spi.TransportProtocol;

/**
 * The listening sockets of one service: for each of its ports one on a free loopback port, and one on its node port if
 * it has one; held from the first moment to the end of the service.
 */
final class OpenService implements AutoCloseable {

    private static final int ANY_PORT = 0;

    /** A socket stays open as long as the service has a port of this identity. */
    private record Slot(int servicePort, TransportProtocol protocol, int listenOn) {}

    private final ServiceProxy proxy;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Slot, dev.orchestrator.runtime.network.proxy.ServicePort> open = new HashMap<>();
    private boolean closed;

    OpenService(ServiceProxy proxy) {
        this.proxy = proxy;
    }

    /**
     * {@return where the proxy listens for a port of the service; opened if it is not yet}
     *
     * @throws IOException if the system has no port to give
     */
    Optional<InetSocketAddress> address(ServicePort port, PortOptions options) throws IOException {
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            return Optional.of(socket(slot(port, ANY_PORT), options).address());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Opens what is missing, closes what the service no longer has, and hands every socket its endpoints.
     *
     * @throws IOException if a node port is taken by another program; all other sockets work nevertheless
     */
    void update(Service service, List<EndpointSlice> slices, PodAddresses pods) throws IOException {
        PortOptions options = options(service);
        IOException failure = null;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closeOthers(service);
            for (ServicePort port : service.spec().ports()) {
                List<Endpoint> endpoints = EndpointPlan.of(port, slices, pods);
                try {
                    serve(slot(port, ANY_PORT), options, endpoints);
                    if (port.nodePort() != ANY_PORT) {
                        serve(slot(port, port.nodePort()), options, endpoints);
                    }
                } catch (IOException e) {
                    failure = new IOException("port " + port.nodePort() + ": " + e.getMessage(), e);
                }
            }
        } finally {
            lock.unlock();
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** {@return how connections of a service are spread} */
    static PortOptions options(Service service) {
        PortOptions options = PortOptions.defaults();
        if (!"ClientIP".equals(service.spec().sessionAffinity())) {
            return options;
        }
        SessionAffinityConfig config = service.spec().sessionAffinityConfig();
        Integer seconds = config == null || config.clientIP() == null
                ? null
                : config.clientIP().timeoutSeconds();
        return options.withClientIpAffinity(
                seconds == null ? PortOptions.DEFAULT_AFFINITY_TIMEOUT : Duration.ofSeconds(seconds));
    }

    private void serve(Slot slot, PortOptions options, List<Endpoint> endpoints) throws IOException {
        var socket = socket(slot, options);
        socket.setOptions(options);
        socket.setEndpoints(endpoints);
    }

    private dev.orchestrator.runtime.network.proxy.ServicePort socket(Slot slot, PortOptions options)
            throws IOException {
        var existing = open.get(slot);
        if (existing != null) {
            return existing;
        }
        var address = new InetSocketAddress(Addresses.LOOPBACK, slot.listenOn());
        var opened = slot.protocol() == TransportProtocol.UDP
                ? proxy.openUdp(address, options)
                : proxy.openTcp(address, options);
        open.put(slot, opened);
        return opened;
    }

    private void closeOthers(Service service) {
        Set<Slot> wanted = new HashSet<>();
        for (ServicePort port : service.spec().ports()) {
            wanted.add(slot(port, ANY_PORT));
            wanted.add(slot(port, port.nodePort()));
        }
        open.entrySet().removeIf(entry -> {
            if (wanted.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().close();
            return true;
        });
    }

    private static Slot slot(ServicePort port, int listenOn) {
        return new Slot(port.port(), Protocols.of(port.protocol()), listenOn);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            open.values().forEach(dev.orchestrator.runtime.network.proxy.ServicePort::close);
            open.clear();
        } finally {
            lock.unlock();
        }
    }
}
