package dev.orchestrator.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import com.github.dockerjava.transport.DockerHttpClient;
import dev.orchestrator.api.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request that was sent and its answer, of which the head has come. */
final class Exchange implements DockerHttpClient.Response {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final int LONGEST_REST = 64 << 10;

    private final EngineHttp http;
    private final Connection connection;
    private final TimeSource.Timer deadline;
    private final HttpHead head;
    private final boolean isStream;
    private final InputStream body;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    Exchange(EngineHttp http, Connection connection, TimeSource.Timer deadline, HttpHead head, boolean isStream) {
        this.http = http;
        this.connection = connection;
        this.deadline = deadline;
        this.head = head;
        this.isStream = isStream;
        this.body = head.body(connection.in());
    }

    @Override
    public int getStatusCode() {
        return head.status();
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return head.headers();
    }

    @Override
    public InputStream getBody() {
        return body;
    }

    /** {@return where to write to a process, after the connection was handed over to it} */
    OutputStream output() {
        return connection.out();
    }

    /** Tells the process that nothing more will be written. */
    void endOutput() throws IOException {
        connection.endOutput();
    }

    /** Writes what a stream holds, then its end, on a thread of its own. */
    void feed(InputStream input) {
        Thread.ofVirtual().name("docker/input").start(() -> {
            try {
                input.transferTo(connection.out());
                connection.endOutput();
            } catch (IOException e) {
                LOG.debug("the rest of the input is not wanted", e);
            }
        });
    }

    /** Ends the exchange; who reads its body in another thread fails. */
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        boolean isReusable = !isStream && head.isReusable() && isDrained();
        // A deadline that has passed closes the connection behind our back.
        if (deadline.cancel() && isReusable) {
            http.release(connection);
        } else {
            http.discard(connection);
        }
    }

    // What is left is the end of a chunked body more often than not; a connection is worth reading that.
    private boolean isDrained() {
        try {
            byte[] rest = new byte[256];
            int left = LONGEST_REST;
            for (int count = body.read(rest); count >= 0; count = body.read(rest)) {
                left -= count;
                if (left < 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            LOG.debug("an answer was not read to its end", e);
            return false;
        }
    }
}
