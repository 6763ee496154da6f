package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.orchestrator.api.TimeSource;
import org.jspecify.annotations.Nullable;

/** A UDP socket and the flows of the clients that sent to it; a flow ends when it has been idle. */
final class UdpPort implements ServicePort, ReadyHandler {
    private static final int ROUNDS = 32;

    private final DatagramChannel socket;
    private final InetSocketAddress address;
    private final PortControl control;
    private final TimeSource time;
    private final long idleMillis;
    private final int maxFlows;
    private final AtomicBoolean closed = new AtomicBoolean();
    // Access order: the least recently used flow is always first.
    private final LinkedHashMap<SocketAddress, UdpFlow> flows = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable SelectionKey key;
    private TimeSource.@Nullable Timer sweep;

    private UdpPort(DatagramChannel socket, PortControl control, TimeSource time, ProxySettings settings)
            throws IOException {
        this.socket = socket;
        this.address = (InetSocketAddress) socket.getLocalAddress();
        this.control = control;
        this.time = time;
        this.idleMillis = settings.udpIdleTimeout().toMillis();
        this.maxFlows = settings.udpFlows();
    }

    /** Binds the address; datagrams wait in the kernel until {@link #receive()}. */
    static UdpPort bind(InetSocketAddress address, PortControl control, TimeSource time, ProxySettings settings)
            throws IOException {
        var socket = DatagramChannel.open(Backend.familyOf(address));
        try {
            socket.configureBlocking(false);
            socket.bind(address);
            return new UdpPort(socket, control, time, settings);
        } catch (IOException e) {
            EventLoop.closeQuietly(socket);
            throw e;
        }
    }

    void receive() {
        control.loop().execute(() -> {
            try {
                if (socket.isOpen()) {
                    key = control.loop().register(socket, SelectionKey.OP_READ, this);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    ByteBuffer emptyBuffer() {
        return control.loop().buffers().shared();
    }

    @Override
    public void ready(int readyOps) throws IOException {
        long now = time.millis();
        for (int i = 0; i < ROUNDS; i++) {
            ByteBuffer buffer = emptyBuffer();
            SocketAddress client = socket.receive(buffer);
            if (client == null) {
                return;
            }
            buffer.flip();
            control.meter().bytesFromClients.add(buffer.remaining());
            forward(client, buffer, now);
        }
    }

    private void forward(SocketAddress client, ByteBuffer datagram, long now) throws IOException {
        List<Backend> tried = List.of();
        UdpFlow flow = flows.get(client);
        if (flow != null && !mayContinue(flow, now)) {
            flow.reset();
            flow = null;
        }
        while (true) {
            if (flow == null) {
                flow = begin(client, tried);
            }
            if (flow == null) {
                control.meter().rejected.increment();
                return;
            }
            flow.usedAt(now);
            if (flow.send(datagram)) {
                return;
            }
            // The endpoint refused an earlier datagram; this one was not sent and may go elsewhere.
            tried = tried.isEmpty() ? new ArrayList<>() : tried;
            tried.add(flow.backend());
            unreachable(flow);
            flow = null;
        }
    }

    /**
     * UDP has no end of a connection to wait for: a flow moves on when its endpoint no longer serves, and with the
     * first datagram after that, whether or not the loop has come to its tasks yet.
     */
    private boolean mayContinue(UdpFlow flow, long now) {
        int version = control.table().version();
        if (flow.version() != version) {
            if (!control.table().serves(flow.backend())) {
                return false;
            }
            flow.version(version);
        }
        return now - flow.lastUsedMillis() < idleMillis;
    }

    private @Nullable UdpFlow begin(SocketAddress client, List<Backend> tried) throws IOException {
        if (flows.size() >= maxFlows) {
            flows.values().iterator().next().reset();
        }
        var dialled = new Dialled();
        int version = control.table().version();
        Backend backend = control.table().dial(((InetSocketAddress) client).getAddress(), tried, dialled);
        DatagramChannel upstream = dialled.channel;
        if (backend == null || upstream == null) {
            return null;
        }
        var flow = new UdpFlow(this, client, backend, upstream, version);
        flow.begin(control.loop());
        backend.add(flow);
        control.begun(flow);
        flows.put(client, flow);
        if (sweep == null) {
            scheduleSweep(idleMillis);
        }
        return flow;
    }

    /** Opens the connected socket of a new flow. */
    private static final class Dialled implements BackendTable.Dialer {
        private @Nullable DatagramChannel channel;

        @Override
        public void dial(Backend target) {
            DatagramChannel opened = null;
            try {
                opened = DatagramChannel.open(target.family());
                opened.configureBlocking(false);
                opened.connect(target.address());
                channel = opened;
            } catch (IOException e) {
                if (opened != null) {
                    EventLoop.closeQuietly(opened);
                }
            }
        }
    }

    void answer(UdpFlow flow, ByteBuffer datagram) throws IOException {
        flows.get(flow.client());
        flow.usedAt(time.millis());
        control.meter().bytesToClients.add(datagram.remaining());
        socket.send(datagram, flow.client());
    }

    void unreachable(UdpFlow flow) {
        control.meter().failedConnects.increment();
        flow.reset();
    }

    void forget(UdpFlow flow) {
        flows.remove(flow.client(), flow);
        control.left(flow.backend(), flow);
        control.loop().release(flow.upstream(), flow.key());
        control.ended(flow);
    }

    private void scheduleSweep(long millis) {
        sweep = time.schedule(Duration.ofMillis(millis), () -> control.loop().execute(this::sweep));
    }

    private void sweep() {
        sweep = null;
        long now = time.millis();
        while (!flows.isEmpty()) {
            UdpFlow oldest = flows.values().iterator().next();
            long left = oldest.lastUsedMillis() + idleMillis - now;
            if (left > 0) {
                if (!closed.get()) {
                    scheduleSweep(left);
                }
                return;
            }
            oldest.reset();
        }
    }

    /** A failed receive or send concerns one datagram: the socket goes on. */
    @Override
    public void failed(Throwable cause) {
        control.meter().rejected.increment();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void setEndpoints(List<Endpoint> endpoints) {
        control.setEndpoints(endpoints);
    }

    @Override
    public void setOptions(PortOptions options) {
        control.table().setOptions(options);
    }

    @Override
    public PortCounters counters() {
        return control.meter().snapshot();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            control.close(this, () -> {
                control.loop().release(socket, key);
                if (sweep != null) {
                    sweep.cancel();
                }
            });
        }
    }
}
