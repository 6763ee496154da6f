package dev.orchestrator.server.spdy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import dev.orchestrator.server.http.Inlet;

/** One stream of a connection. */
public final class SpdyStream {

    private final SpdyConnection connection;
    private final int id;
    private final Map<String, String> headers;
    private final Inlet input = new Inlet();
    private volatile boolean inputEnded;
    private volatile boolean outputEnded;

    SpdyStream(SpdyConnection connection, int id, Map<String, String> headers) {
        this.connection = connection;
        this.id = id;
        this.headers = Map.copyOf(headers);
    }

    /** {@return its number} */
    public int id() {
        return id;
    }

    /** {@return a header that the client gave it; empty when it did not} */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** {@return what the client sends, until it has ended its side or is gone} */
    public InputStream input() {
        return input;
    }

    /** Sends bytes. */
    public void send(byte[] bytes) throws IOException, InterruptedException {
        if (outputEnded) {
            throw new IOException("the client does not want more of the stream");
        }
        connection.data(id, bytes, false);
    }

    /** Says that nothing more will be sent; does nothing when that is known. */
    public void finish() throws IOException, InterruptedException {
        if (!outputEnded) {
            outputEnded = true;
            connection.data(id, new byte[0], true);
            connection.forgetEnded(this);
        }
    }

    /** Gives the stream up on both sides, and says so. */
    public void refuse() throws IOException, InterruptedException {
        reset();
        connection.resetStream(id, SpdyConnection.REFUSED_STREAM);
    }

    void take(byte[] bytes) throws IOException {
        input.put(bytes);
    }

    void endInput() {
        inputEnded = true;
        input.end();
    }

    void reset() {
        outputEnded = true;
        inputEnded = true;
        input.close();
    }

    boolean isOver() {
        return inputEnded && outputEnded;
    }
}
