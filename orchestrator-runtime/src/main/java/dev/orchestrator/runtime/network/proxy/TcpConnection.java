package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An accepted client and the endpoint found for it: tries endpoints, each once, until one takes the connection, then
 * moves bytes both ways. Confined to the loop.
 */
final class TcpConnection implements Session, ReadyHandler, BackendTable.Dialer {
    private final PortControl port;
    private final ConnectDeadlines deadlines;
    private final SocketChannel client;
    private @Nullable SelectionKey clientKey;
    private @Nullable SocketChannel upstream;
    private @Nullable SelectionKey upstreamKey;
    private @Nullable Backend backend;
    private @Nullable TcpSide clientSide;
    private @Nullable TcpSide upstreamSide;
    private List<Backend> tried = List.of();
    private long connectDeadlineMillis;
    private boolean closed;

    TcpConnection(PortControl port, ConnectDeadlines deadlines, SocketChannel client) {
        this.port = port;
        this.deadlines = deadlines;
        this.client = client;
    }

    /** Begins to look for an endpoint, and often ends with both sides joined. */
    void begin() throws IOException {
        port.begun(this);
        try {
            client.configureBlocking(false);
            connect(((InetSocketAddress) client.getRemoteAddress()).getAddress());
        } catch (IOException | RuntimeException e) {
            reset();
            throw e;
        }
    }

    private void connect(InetAddress clientAddress) throws IOException {
        while (true) {
            Backend dialled = port.table().dial(clientAddress, tried, this);
            if (dialled == null) {
                port.meter().rejected.increment();
                abort();
                return;
            }
            dialled.add(this);
            backend = dialled;
            if (advance()) {
                return;
            }
            abandon(dialled);
        }
    }

    @Override
    public void dial(Backend target) {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(target.family());
            upstream = channel;
            channel.configureBlocking(false);
            channel.connect(target.address());
        } catch (IOException e) {
            // No route, or no descriptor left: the next endpoint may do better.
            if (channel != null) {
                EventLoop.closeQuietly(channel);
            }
            upstream = null;
        }
    }

    /** Joins both sides, or waits for the connect to end; false if it failed. */
    private boolean advance() throws IOException {
        SocketChannel channel = upstream;
        if (channel == null) {
            return false;
        }
        boolean connected;
        try {
            // On loopback the handshake is over by now, though connect() could not say so.
            connected = channel.finishConnect();
        } catch (IOException e) {
            return false;
        }
        if (connected) {
            join(channel);
        } else {
            upstreamKey = port.loop().register(channel, SelectionKey.OP_CONNECT, this);
            deadlines.add(this);
        }
        return true;
    }

    private void join(SocketChannel channel) throws IOException {
        var loop = port.loop();
        var meter = port.meter();
        SelectionKey up = upstreamKey;
        if (up == null) {
            up = loop.register(channel, SelectionKey.OP_READ, this);
            upstreamKey = up;
        } else {
            up.interestOps(SelectionKey.OP_READ);
        }
        SelectionKey down = loop.register(client, SelectionKey.OP_READ, this);
        clientKey = down;
        var left = new TcpSide(this, client, down, meter.bytesFromClients, loop.buffers());
        var right = new TcpSide(this, channel, up, meter.bytesToClients, loop.buffers());
        left.join(right);
        right.join(left);
        down.attach(left);
        up.attach(right);
        clientSide = left;
        upstreamSide = right;
        tried = List.of();
    }

    /** The connect that was under way has ended, or been ruled out by an update meanwhile. */
    @Override
    public void ready(int readyOps) throws IOException {
        Backend target = backend;
        SocketChannel channel = upstream;
        if (closed || target == null || channel == null) {
            return;
        }
        deadlines.remove(this);
        boolean connected;
        try {
            connected = channel.finishConnect() && port.table().isEligible(target);
        } catch (IOException e) {
            connected = false;
        }
        if (connected) {
            join(channel);
        } else {
            retry(target);
        }
    }

    void connectTimedOut() {
        Backend target = backend;
        if (closed || target == null) {
            return;
        }
        try {
            retry(target);
        } catch (IOException e) {
            reset();
        }
    }

    private void retry(Backend failed) throws IOException {
        abandon(failed);
        connect(((InetSocketAddress) client.getRemoteAddress()).getAddress());
    }

    private void abandon(Backend failed) {
        port.meter().failedConnects.increment();
        if (tried.isEmpty()) {
            tried = new ArrayList<>();
        }
        tried.add(failed);
        releaseUpstream();
    }

    private void releaseUpstream() {
        if (upstream != null) {
            port.loop().release(upstream, upstreamKey);
            upstream = null;
            upstreamKey = null;
        }
        if (backend != null) {
            port.left(backend, this);
            backend = null;
        }
    }

    boolean isClosed() {
        return closed;
    }

    long connectDeadlineMillis() {
        return connectDeadlineMillis;
    }

    void connectDeadlineMillis(long deadline) {
        connectDeadlineMillis = deadline;
    }

    @Override
    public void failed(Throwable cause) {
        reset();
    }

    /** Ends both sides with a reset. */
    @Override
    public void reset() {
        if (!closed) {
            port.meter().resets.increment();
            abort();
        }
    }

    private void abort() {
        discardOnClose(client);
        if (upstream != null) {
            discardOnClose(upstream);
        }
        close();
    }

    private static void discardOnClose(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // Closed by its peer already: nothing is left to be told.
        }
    }

    /** Ends both sides after all bytes have been handed to the kernel. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        deadlines.remove(this);
        if (clientSide != null && upstreamSide != null) {
            clientSide.releaseBuffer();
            upstreamSide.releaseBuffer();
        }
        releaseUpstream();
        port.loop().release(client, clientKey);
        port.ended(this);
    }
}
