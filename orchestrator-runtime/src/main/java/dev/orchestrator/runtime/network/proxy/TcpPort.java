package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.orchestrator.api.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening TCP socket and the connections accepted from it. */
final class TcpPort implements ServicePort, ReadyHandler {
    private static final Logger LOG = LoggerFactory.getLogger(TcpPort.class);
    private static final int BACKLOG = 4096;
    private static final int ACCEPTS_PER_EVENT = 32;
    /** How long to leave clients in the kernel's queue when the process is out of descriptors. */
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    private final ServerSocketChannel listener;
    private final InetSocketAddress address;
    private final PortControl control;
    private final ConnectDeadlines deadlines;
    private final TimeSource time;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable SelectionKey key;
    private TimeSource.@Nullable Timer pause;

    private TcpPort(ServerSocketChannel listener, PortControl control, ConnectDeadlines deadlines, TimeSource time)
            throws IOException {
        this.listener = listener;
        this.address = (InetSocketAddress) listener.getLocalAddress();
        this.control = control;
        this.deadlines = deadlines;
        this.time = time;
    }

    /** Binds the address; connections wait in the kernel until {@link #accept()}. */
    static TcpPort bind(InetSocketAddress address, PortControl control, ConnectDeadlines deadlines, TimeSource time)
            throws IOException {
        var listener = ServerSocketChannel.open(Backend.familyOf(address));
        try {
            listener.configureBlocking(false);
            listener.bind(address, BACKLOG);
            return new TcpPort(listener, control, deadlines, time);
        } catch (IOException e) {
            EventLoop.closeQuietly(listener);
            throw e;
        }
    }

    void accept() {
        control.loop().execute(() -> {
            try {
                if (listener.isOpen()) {
                    key = control.loop().register(listener, SelectionKey.OP_ACCEPT, this);
                }
            } catch (IOException e) {
                failed(e);
            }
        });
    }

    @Override
    public void ready(int readyOps) throws IOException {
        for (int i = 0; i < ACCEPTS_PER_EVENT; i++) {
            SocketChannel client = listener.accept();
            if (client == null) {
                return;
            }
            try {
                new TcpConnection(control, deadlines, client).begin();
            } catch (IOException | RuntimeException e) {
                LOG.debug("service port {}: connection failed as it began", address, e);
            }
        }
    }

    /** Out of descriptors: without a pause the loop would spin on clients that it cannot accept. */
    @Override
    public void failed(Throwable cause) {
        SelectionKey accepting = key;
        if (closed.get() || accepting == null || !accepting.isValid()) {
            return;
        }
        LOG.warn("service port {}: cannot accept, pausing {}", address, ACCEPT_PAUSE, cause);
        accepting.interestOps(0);
        pause = time.schedule(
                ACCEPT_PAUSE,
                () -> control.loop().execute(() -> {
                    if (accepting.isValid()) {
                        accepting.interestOps(SelectionKey.OP_ACCEPT);
                    }
                }));
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
                control.loop().release(listener, key);
                if (pause != null) {
                    pause.cancel();
                }
            });
        }
    }
}
