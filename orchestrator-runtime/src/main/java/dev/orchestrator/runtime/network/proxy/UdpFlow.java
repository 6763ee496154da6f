package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

import org.jspecify.annotations.Nullable;

/** One client's connected socket to the endpoint that answers it; confined to the loop. */
final class UdpFlow implements Session, ReadyHandler {
    /** Answers moved per event before other sockets get their turn. */
    private static final int ROUNDS = 32;

    private final UdpPort port;
    private final SocketAddress client;
    private final Backend backend;
    private final DatagramChannel upstream;
    private @Nullable SelectionKey key;
    private long lastUsedMillis;
    private int version;
    private boolean closed;

    UdpFlow(UdpPort port, SocketAddress client, Backend backend, DatagramChannel upstream, int version) {
        this.version = version;
        this.port = port;
        this.client = client;
        this.backend = backend;
        this.upstream = upstream;
    }

    void begin(EventLoop loop) throws IOException {
        key = loop.register(upstream, SelectionKey.OP_READ, this);
    }

    SocketAddress client() {
        return client;
    }

    Backend backend() {
        return backend;
    }

    DatagramChannel upstream() {
        return upstream;
    }

    @Nullable
    SelectionKey key() {
        return key;
    }

    /** {@return the version of the table that last allowed this flow} */
    int version() {
        return version;
    }

    void version(int latest) {
        version = latest;
    }

    long lastUsedMillis() {
        return lastUsedMillis;
    }

    void usedAt(long millis) {
        lastUsedMillis = millis;
    }

    /**
     * Sends a datagram; false if the endpoint is known not to listen. A full socket drops it, as a network would, and
     * the JDK drops an empty one: it makes no system call for it on a connected channel.
     */
    boolean send(ByteBuffer datagram) throws IOException {
        try {
            upstream.write(datagram);
            return true;
        } catch (PortUnreachableException e) {
            return false;
        }
    }

    @Override
    public void ready(int readyOps) throws IOException {
        for (int i = 0; i < ROUNDS && !closed; i++) {
            ByteBuffer buffer = port.emptyBuffer();
            // Not read(): its zero means either nothing or an empty datagram.
            if (upstream.receive(buffer) == null) {
                return;
            }
            buffer.flip();
            port.answer(this, buffer);
        }
    }

    /** Ends the flow; the client's next datagram begins another, on another endpoint if that is known not to listen. */
    @Override
    public void failed(Throwable cause) {
        port.unreachable(this);
    }

    @Override
    public void reset() {
        if (!closed) {
            closed = true;
            port.forget(this);
        }
    }
}
