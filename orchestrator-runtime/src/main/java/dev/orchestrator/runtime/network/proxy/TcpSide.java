package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * One socket of a connection: what it reads goes to its peer, and it holds what the peer read and it could not write
 * yet.
 *
 * <p>Back-pressure: while a side holds bytes, its peer is not read. A direction is then driven by writability alone
 * until the source runs dry, so that a steady bulk stream changes no interest.
 */
final class TcpSide implements ReadyHandler {
    /** Full buffers moved per event before other connections get their turn. */
    private static final int ROUNDS = 4;

    private final TcpConnection connection;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final LongAdder received;
    private final Buffers buffers;
    private @Nullable TcpSide peer;
    private @Nullable ByteBuffer pending;
    private int interest;
    private int writes;
    private boolean inputEnded;

    TcpSide(TcpConnection connection, SocketChannel channel, SelectionKey key, LongAdder received, Buffers buffers) {
        this.connection = connection;
        this.channel = channel;
        this.key = key;
        this.received = received;
        this.buffers = buffers;
        this.interest = SelectionKey.OP_READ;
    }

    void join(TcpSide other) {
        peer = other;
    }

    private TcpSide peer() {
        TcpSide joined = peer;
        if (joined == null) {
            throw new IllegalStateException("connection: has no peer");
        }
        return joined;
    }

    SocketChannel channel() {
        return channel;
    }

    SelectionKey key() {
        return key;
    }

    @Override
    public void ready(int readyOps) throws IOException {
        if ((readyOps & SelectionKey.OP_READ) != 0 && !connection.isClosed()) {
            transfer();
        }
        if ((readyOps & SelectionKey.OP_WRITE) != 0 && !connection.isClosed()) {
            writable();
        }
    }

    @Override
    public void failed(Throwable cause) {
        connection.reset();
    }

    private void writable() throws IOException {
        ByteBuffer held = pending;
        if (held != null) {
            channel.write(held);
            if (held.hasRemaining()) {
                return;
            }
            buffers.release(held);
            pending = null;
        }
        // More may wait at the source: only when it has run dry is it worth two epoll_ctl to wait for it again.
        peer().transfer();
        if (pending == null && !connection.isClosed()) {
            interest(interest & ~SelectionKey.OP_WRITE);
            if (!peer().inputEnded) {
                peer().interest(peer().interest | SelectionKey.OP_READ);
            }
        }
    }

    private void transfer() throws IOException {
        TcpSide target = peer();
        for (int round = 0; round < ROUNDS; round++) {
            ByteBuffer buffer = buffers.forStream();
            int count = channel.read(buffer);
            if (count <= 0) {
                if (count < 0) {
                    inputEnded();
                }
                return;
            }
            received.add(count);
            boolean maybeMore = !buffer.hasRemaining();
            buffer.flip();
            if (!target.write(buffer)) {
                interest(interest & ~SelectionKey.OP_READ);
                return;
            }
            if (!maybeMore) {
                return;
            }
        }
    }

    /** Writes what the socket takes and holds the rest; false if there is a rest. */
    private boolean write(ByteBuffer buffer) throws IOException {
        // The first write leaves at once anyway; a connection of one answer is spared the system call.
        if (++writes == 2) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        channel.write(buffer);
        if (!buffer.hasRemaining()) {
            return true;
        }
        pending = buffers.keep(buffer);
        interest(interest | SelectionKey.OP_WRITE);
        return false;
    }

    private void inputEnded() throws IOException {
        inputEnded = true;
        if (peer().inputEnded) {
            connection.close();
        } else {
            interest(interest & ~SelectionKey.OP_READ);
            peer().channel.shutdownOutput();
        }
    }

    private void interest(int ops) {
        if (interest != ops) {
            interest = ops;
            key.interestOps(ops);
        }
    }

    void releaseBuffer() {
        ByteBuffer held = pending;
        if (held != null) {
            buffers.release(held);
            pending = null;
        }
    }
}
