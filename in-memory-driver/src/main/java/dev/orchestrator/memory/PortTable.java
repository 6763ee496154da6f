package dev.orchestrator.memory;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.spi.SandboxSpec.PublishedPort;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loopback ports that stand for the ports of one pod. A port is reserved when it is first asked for and stays the
 * same for the pod's life.
 *
 * <p>A reservation is a socket that is bound but does not listen, so that connecting is refused. It is bound without
 * {@code SO_REUSEADDR}, so that the system picks a port that nobody has, and allows reuse only afterwards, so that the
 * listening socket may share the port with it. Systems that do not let them share get the reservation taken away for
 * the moment of binding.
 */
final class PortTable {

    private static final Logger LOG = LoggerFactory.getLogger(PortTable.class);
    private static final Duration LAST_OWNER_CLOSES = Duration.ofSeconds(1);
    private static final Duration SHARING_FAILS = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofNanos(100_000);
    private static final InetAddress LOOPBACK = loopback();

    private record Key(int port, TransportProtocol protocol) {}

    private static final class Reservation {
        private final InetSocketAddress address;
        private NetworkChannel placeholder;
        private boolean taken;

        Reservation(NetworkChannel placeholder) throws IOException {
            this.placeholder = placeholder;
            this.address = (InetSocketAddress) placeholder.getLocalAddress();
        }
    }

    /** Binds a socket of a container. */
    private interface Binding {
        void bind(InetSocketAddress address) throws IOException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Reservation> reservations = new HashMap<>();
    private final SandboxPorts wanted;
    private boolean closed;

    /** The ports of the host that a pod asks for. */
    @FunctionalInterface
    interface SandboxPorts {

        /** {@return what the pod says about a port; null if nothing} */
        @Nullable
        PublishedPort published(int port, TransportProtocol protocol);
    }

    PortTable(SandboxPorts wanted) {
        this.wanted = wanted;
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of four bytes is one", e);
        }
    }

    /** {@return where this machine reaches a port of the pod; null after the pod's end} */
    @Nullable
    InetSocketAddress address(int port, TransportProtocol protocol) throws IOException {
        lock.lock();
        try {
            return closed ? null : reserve(new Key(port, protocol)).address;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether somebody listens on a port} */
    boolean isTaken(int port, TransportProtocol protocol) {
        lock.lock();
        try {
            Reservation reservation = reservations.get(new Key(port, protocol));
            return reservation != null && reservation.taken;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether somebody has asked for a port} */
    boolean isReserved(int port, TransportProtocol protocol) {
        lock.lock();
        try {
            return reservations.containsKey(new Key(port, protocol));
        } finally {
            lock.unlock();
        }
    }

    ServerSocket listen(Container container, int port) throws IOException {
        var key = new Key(port, TransportProtocol.TCP);
        var resources = container.resources();
        var socket = new ContainerServerSocket(container.gate(), resources, () -> release(key));
        socket.setReuseAddress(true);
        try {
            take(key, address -> socket.bind(address, 256));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        resources.add(socket);
        return socket;
    }

    DatagramSocket listenUdp(Container container, int port) throws IOException {
        var key = new Key(port, TransportProtocol.UDP);
        var resources = container.resources();
        var socket = new ContainerDatagramSocket(container.gate(), resources, () -> release(key));
        socket.setReuseAddress(true);
        try {
            take(key, socket::bind);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        resources.add(socket);
        return socket;
    }

    private void take(Key key, Binding binding) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new BindException("the pod has ended");
            }
            Reservation reservation = reserve(key);
            if (reservation.taken) {
                throw new BindException("Address already in use");
            }
            bind(reservation, binding);
            reservation.taken = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Binds to a reserved port, over its reservation or in its place; its last owner may be a moment away from closing.
     */
    private static void bind(Reservation reservation, Binding binding) throws IOException {
        long start = System.nanoTime();
        while (true) {
            try {
                binding.bind(reservation.address);
                return;
            } catch (BindException e) {
                long waited = System.nanoTime() - start;
                if (waited > SHARING_FAILS.toNanos()) {
                    reservation.placeholder.close();
                }
                if (waited > LAST_OWNER_CLOSES.toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private void release(Key key) {
        lock.lock();
        try {
            Reservation reservation = reservations.get(key);
            if (reservation != null && reservation.taken) {
                reservation.taken = false;
                if (!reservation.placeholder.isOpen()) {
                    reservation.placeholder = bound(key.protocol(), reservation.address.getPort());
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("port " + key.port() + " of a pod was lost", e);
        } finally {
            lock.unlock();
        }
    }

    private Reservation reserve(Key key) throws IOException {
        Reservation reservation = reservations.get(key);
        if (reservation == null) {
            reservation = new Reservation(bound(key));
            reservations.put(key, reservation);
        }
        return reservation;
    }

    /** Binds to the port of the host that the pod asks for if the system grants it, to any other otherwise. */
    private NetworkChannel bound(Key key) throws IOException {
        PublishedPort published = wanted.published(key.port(), key.protocol());
        if (published != null && published.hostPort() != 0) {
            try {
                return bound(key.protocol(), published.hostPort());
            } catch (IOException e) {
                return bound(key.protocol(), 0);
            }
        }
        return bound(key.protocol(), 0);
    }

    private static NetworkChannel bound(TransportProtocol protocol, int port) throws IOException {
        NetworkChannel channel = protocol == TransportProtocol.UDP ? DatagramChannel.open() : SocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(LOOPBACK, port));
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Gives all ports back. */
    void close() {
        lock.lock();
        try {
            closed = true;
            for (Reservation reservation : reservations.values()) {
                close(reservation.placeholder);
            }
            reservations.clear();
        } finally {
            lock.unlock();
        }
    }

    private static void close(NetworkChannel placeholder) {
        try {
            placeholder.close();
        } catch (IOException e) {
            LOG.debug("closing the reservation of a port failed", e);
        }
    }
}
