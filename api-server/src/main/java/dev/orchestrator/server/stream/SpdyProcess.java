package dev.orchestrator.server.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.orchestrator.api.model.meta.Status;
import dev.orchestrator.server.http.Link;
import dev.orchestrator.server.spdy.SpdyConnection;
import dev.orchestrator.server.spdy.SpdyStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Objects.requireNonNull;

/**
 * A process whose streams are those of a SPDY connection: the client opens all that it wants, then the process starts.
 */
final class SpdyProcess implements SpdyConnection.Peer {

    private static final Logger LOG = LoggerFactory.getLogger(SpdyProcess.class);
    private static final Duration OPENING = Duration.ofSeconds(30);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final RemoteProcess process;
    private final ProcessCall call;
    private final ChannelProtocol protocol;
    private final Live live;
    private final SpdyConnection connection = new SpdyConnection(this);
    private final Map<String, SpdyStream> streams = new ConcurrentHashMap<>();
    private final CountDownLatch missing;

    SpdyProcess(RemoteProcess process, ProcessCall call, ChannelProtocol protocol, Live live) {
        this.process = process;
        this.call = call;
        this.protocol = protocol;
        this.live = live;
        this.missing = new CountDownLatch(call.wanted().size());
        live.add(process);
        live.add(connection);
    }

    /** {@return what to do with the connection} */
    Link.Use use() {
        Thread.ofVirtual().name("spdy/" + call.pod().key()).start(this::run);
        return connection;
    }

    @Override
    public void opened(SpdyStream stream) throws IOException, InterruptedException {
        String type = stream.header("streamtype");
        if (call.wanted().contains(type) && streams.putIfAbsent(type, stream) == null) {
            missing.countDown();
        } else {
            stream.refuse();
        }
    }

    @Override
    public void gone() {
        live.end(process);
        live.end(connection);
        while (missing.getCount() > 0) {
            missing.countDown();
        }
    }

    private void run() {
        try {
            if (missing.await(OPENING.toSeconds(), TimeUnit.SECONDS)
                    && streams.size() == call.wanted().size()) {
                converse();
                connection.end(GOODBYE);
            }
        } catch (IOException gone) {
            LOG.debug("{}: the client is gone", call.pod().key(), gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
        }
    }

    private void converse() throws IOException, InterruptedException {
        SpdyStream sizes = streams.get("resize");
        if (sizes != null) {
            Thread.ofVirtual().name("resize/" + call.pod().key()).start(() -> resize(sizes.input()));
        }
        SpdyStream stdin = streams.get("stdin");
        InputStream input = stdin == null ? InputStream.nullInputStream() : stdin.input();
        process.run(input, new RemoteProcess.Client() {
            @Override
            public void stdout(byte[] bytes) throws IOException, InterruptedException {
                send("stdout", bytes);
            }

            @Override
            public void stderr(byte[] bytes) throws IOException, InterruptedException {
                send("stderr", bytes);
            }

            @Override
            public void outcome(Status status) throws IOException, InterruptedException {
                byte[] told = protocol.outcome(status);
                if (told.length > 0) {
                    send("error", told);
                }
            }
        });
        for (SpdyStream stream : streams.values()) {
            stream.finish();
        }
    }

    private void send(String type, byte[] bytes) throws IOException, InterruptedException {
        @Nullable SpdyStream stream = streams.get(type);
        requireNonNull(stream, type).send(bytes);
    }

    private void resize(InputStream from) {
        try (var lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                process.resized(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException malformed) {
            LOG.debug("{}: the size of the terminal is not known", call.pod().key(), malformed);
        }
    }
}
