package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orchestrator.api.TimeSource;

/**
 * Opens ports and forwards what arrives on them, all on a few event-loop threads that one orchestrator shares among its
 * services; safe for any thread.
 */
public final class ServiceProxy implements AutoCloseable {

    /** A loop with the deadlines of the connects that it waits for. */
    private record Lane(EventLoop loop, ConnectDeadlines deadlines) {}

    private final ProxySettings settings;
    private final TimeSource time;
    private final List<Lane> lanes;
    private final AtomicInteger nextLane = new AtomicInteger();
    private final Set<ServicePort> ports = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ServiceProxy(ProxySettings settings, TimeSource time, List<Lane> lanes) {
        this.settings = settings;
        this.time = time;
        this.lanes = lanes;
    }

    /**
     * Starts the event-loop threads.
     *
     * @throws IOException if the system has no selector to give; nothing is left running then
     */
    public static ServiceProxy start(ProxySettings settings, TimeSource time) throws IOException {
        var lanes = new ArrayList<Lane>();
        try {
            for (int i = 0; i < settings.loops(); i++) {
                var loop = EventLoop.start("service-proxy/" + i, settings.bufferSize(), time);
                lanes.add(new Lane(loop, new ConnectDeadlines(loop, time, settings.connectTimeout())));
            }
        } catch (IOException e) {
            lanes.forEach(lane -> lane.loop().close());
            throw e;
        }
        return new ServiceProxy(settings, time, List.copyOf(lanes));
    }

    /**
     * Opens a TCP port that resets connections until it is given endpoints.
     *
     * @param address on loopback; port 0 takes a free one
     * @throws IOException if the address cannot be bound
     * @throws IllegalStateException if the proxy is closed
     */
    public ServicePort openTcp(InetSocketAddress address, PortOptions options) throws IOException {
        requireLoopback(address);
        requireOpen();
        Lane lane = nextLane();
        TcpPort port = TcpPort.bind(address, control(lane, options), lane.deadlines(), time);
        opened(port);
        port.accept();
        return port;
    }

    /**
     * Opens a UDP port that drops datagrams until it is given endpoints.
     *
     * @param address on loopback; port 0 takes a free one
     * @throws IOException if the address cannot be bound
     * @throws IllegalStateException if the proxy is closed
     */
    public ServicePort openUdp(InetSocketAddress address, PortOptions options) throws IOException {
        requireLoopback(address);
        requireOpen();
        UdpPort port = UdpPort.bind(address, control(nextLane(), options), time, settings);
        opened(port);
        port.receive();
        return port;
    }

    private static void requireLoopback(InetSocketAddress address) {
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("service port: address is not on loopback: " + address);
        }
    }

    private Lane nextLane() {
        return lanes.get(Math.floorMod(nextLane.getAndIncrement(), lanes.size()));
    }

    private PortControl control(Lane lane, PortOptions options) {
        var table = new BackendTable(time, new SplittableRandom());
        table.setOptions(options);
        return new PortControl(lane.loop(), time, settings.drainTimeout(), table, ports);
    }

    /** From here on whoever closes the proxy closes the port, too: a port that is closed is never given to a loop. */
    private void opened(ServicePort port) {
        ports.add(port);
        if (closed) {
            port.close();
            requireOpen();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("service proxy: is closed");
        }
    }

    /** Closes all ports and ends the threads; on return no socket and no thread is left. Idempotent. */
    @Override
    public void close() {
        closed = true;
        ports.forEach(ServicePort::close);
        lanes.forEach(lane -> lane.loop().close());
    }
}
