package dev.orchestrator.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

import javax.net.ssl.SSLContext;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import dev.orchestrator.api.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks HTTP/1.1 with an engine over the channels of the JDK. Everything blocks the calling thread, which may be
 * interrupted; a virtual thread costs nothing while it waits.
 */
final class EngineHttp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineHttp.class);
    private static final int CHUNK = 32 << 10;

    private final EngineAddress address;
    private final TimeSource timers;
    private final @Nullable SSLContext security;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /**
     * Prepares to speak with an engine.
     *
     * @param timers the real time, for the deadlines of calls
     * @throws IllegalArgumentException if the connection is to be secured by certificates that can not be used
     */
    EngineHttp(EngineAddress address, TimeSource timers) {
        this.address = address;
        this.timers = timers;
        EngineAddress.Tls tls = address.tls();
        this.security = tls == null ? null : EngineTls.context(tls);
    }

    TimeSource timers() {
        return timers;
    }

    boolean isClosed() {
        return closed;
    }

    EngineAddress address() {
        return address;
    }

    /** {@return a client for docker-java's commands, each of which may take that long from first to last byte} */
    DockerHttpClient within(Duration limit) {
        return new DockerHttpClient() {
            @Override
            public Response execute(Request request) {
                return send(request, limit, false);
            }

            @Override
            public void close() {
                // The connections belong to the engine, not to one of its clients.
            }
        };
    }

    /**
     * Sends a request whose answer ends by itself.
     *
     * @param limit how long it may take from first to last byte
     */
    Exchange call(Request request, Duration limit) {
        return send(request, limit, false);
    }

    /**
     * Sends a request whose answer may go on for ever.
     *
     * @param limit how long the engine may take to begin its answer
     */
    Exchange stream(Request request, Duration limit) {
        return send(request, limit, true);
    }

    private Exchange send(Request request, Duration limit, boolean isStream) {
        try {
            Connection idling = takeIdle();
            if (idling != null) {
                try {
                    return exchange(idling, request, limit, isStream);
                } catch (SocketTimeoutException | ClosedChannelException e) {
                    // It took too long, or this side gave it up.
                    throw e;
                } catch (IOException e) {
                    // The engine closed it just now: the answer ends before it begins, or the request meets a broken
                    // pipe. What only reads may be asked for again.
                    if (!request.method().equals("GET")) {
                        throw e;
                    }
                    LOG.debug("{} is asked for again on a new connection", request.path(), e);
                }
            }
            return exchange(prepare(), request, limit, isStream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Exchange exchange(Connection connection, Request request, Duration limit, boolean isStream)
            throws IOException {
        TimeSource.Timer timer = timers.schedule(limit, connection::expire);
        boolean isSent = false;
        try {
            if (!connection.isConnected()) {
                connection.connect(security);
            }
            write(connection.out(), request);
            HttpHead head = HttpHead.read(connection.in());
            if (isStream) {
                timer.cancel();
            }
            var exchange = new Exchange(this, connection, timer, head, isStream);
            InputStream hijackedInput = request.hijackedInput();
            if (hijackedInput != null) {
                exchange.feed(hijackedInput);
            }
            isSent = true;
            return exchange;
        } finally {
            if (!isSent) {
                timer.cancel();
                discard(connection);
            }
        }
    }

    private @Nullable Connection takeIdle() {
        for (Connection candidate = idle.pollFirst(); candidate != null; candidate = idle.pollFirst()) {
            if (candidate.isFresh()) {
                return candidate;
            }
            discard(candidate);
        }
        return null;
    }

    private Connection prepare() throws IOException {
        Connection made = Connection.prepare(address);
        open.add(made);
        if (closed) {
            discard(made);
            throw new ClosedChannelException();
        }
        return made;
    }

    /** Keeps a connection for the next exchange. */
    void release(Connection connection) {
        idle.addFirst(connection);
        if (closed) {
            discard(connection);
        }
    }

    void discard(Connection connection) {
        open.remove(connection);
        connection.close();
    }

    private static void write(OutputStream out, Request request) throws IOException {
        byte[] bytes = request.bodyBytes();
        InputStream body = bytes == null ? request.body() : null;
        var head = new StringBuilder(256)
                .append(request.method())
                .append(' ')
                .append(request.path())
                .append(" HTTP/1.1\r\nHost: docker\r\nUser-Agent: orchestrator\r\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (body != null) {
            head.append("Transfer-Encoding: chunked\r\n\r\n");
        } else if (bytes != null
                || request.method().equals("POST")
                || request.method().equals("PUT")) {
            head.append("Content-Length: ")
                    .append(bytes == null ? 0 : bytes.length)
                    .append("\r\n\r\n");
        } else {
            head.append("\r\n");
        }
        var start = new ByteArrayOutputStream(head.length() + (bytes == null ? 0 : bytes.length));
        start.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (bytes != null) {
            start.write(bytes);
        }
        out.write(start.toByteArray());
        if (body != null) {
            writeChunks(out, body);
        }
        out.flush();
    }

    private static void writeChunks(OutputStream out, InputStream body) throws IOException {
        byte[] buffer = new byte[CHUNK];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            if (count > 0) {
                out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                out.write(buffer, 0, count);
                out.write(new byte[] {'\r', '\n'});
            }
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Closes every connection: who waits for the engine fails. */
    @Override
    public void close() {
        closed = true;
        open.forEach(this::discard);
        idle.clear();
    }
}
