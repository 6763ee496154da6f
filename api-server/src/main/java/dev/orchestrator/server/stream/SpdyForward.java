package dev.orchestrator.server.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.server.http.Link;
import dev.orchestrator.server.spdy.SpdyConnection;
import dev.orchestrator.server.spdy.SpdyStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to ports of a pod over SPDY: each is two streams of the client, one for data and one for the failure. */
final class SpdyForward implements SpdyConnection.Peer {

    /** What is spoken over SPDY. */
    static final String PROTOCOL = "portforward.k8s.io";

    /** The same when SPDY is carried by a WebSocket. */
    static final String TUNNEL_PROTOCOL = "SPDY/3.1+portforward.k8s.io";

    private static final Logger LOG = LoggerFactory.getLogger(SpdyForward.class);

    private final Live live;
    private final Live connections = new Live();
    private final PodPorts ports;
    private final Map<String, SpdyStream> errors = new ConcurrentHashMap<>();
    private final SpdyConnection connection = new SpdyConnection(this);

    SpdyForward(ServedCluster cluster, Pod pod, Live live) {
        this.live = live;
        this.ports = new PodPorts(cluster, pod, connections);
        live.add(connection);
    }

    /** {@return what to do with the connection} */
    Link.Use use() {
        return connection;
    }

    @Override
    public void gone() {
        connections.close();
        live.end(connection);
    }

    @Override
    public void opened(SpdyStream stream) throws IOException, InterruptedException {
        String type = stream.header("streamtype");
        if (!List.of("error", "data").contains(type)) {
            stream.refuse();
            return;
        }
        try {
            int port = PodPorts.number(stream.header("port"));
            if (type.equals("error")) {
                errors.put(request(stream, stream.id()), stream);
                return;
            }
            // Clients open the stream for the failure first; those that give no number open the two in a row.
            SpdyStream error = errors.remove(request(stream, stream.id() - 2));
            if (error == null) {
                stream.refuse();
                return;
            }
            Thread.ofVirtual()
                    .name("forward/" + ports.pod().key() + ":" + port)
                    .start(() -> forward(port, stream, error));
        } catch (IllegalArgumentException malformed) {
            LOG.debug("{}: a stream is refused", ports.pod().key(), malformed);
            stream.refuse();
        }
    }

    private static String request(SpdyStream stream, int otherwise) {
        String given = stream.header("requestid");
        return given.isEmpty() ? "stream " + otherwise : given;
    }

    private void forward(int port, SpdyStream data, SpdyStream error) {
        try {
            @Nullable String failure = null;
            try {
                ports.join(port, data.input(), data::send);
            } catch (IOException failed) {
                failure = String.valueOf(failed.getMessage());
            }
            if (failure != null) {
                error.send(failure.getBytes(StandardCharsets.UTF_8));
            }
            error.finish();
            data.finish();
        } catch (IOException gone) {
            LOG.debug("{}: the client is gone", ports.pod().key(), gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
