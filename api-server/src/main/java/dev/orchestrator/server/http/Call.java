package dev.orchestrator.server.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import com.google.common.base.Splitter;
import dev.orchestrator.runtime.access.User;
import dev.orchestrator.runtime.codec.JsonText;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** One request and its answer; used by the one thread that serves it. */
public final class Call {

    /** The largest body that is read, as in Kubernetes. */
    public static final int MOST_BYTES = 3 * 1024 * 1024;

    private static final Splitter SEGMENTS = Splitter.on('/').omitEmptyStrings();
    private static final int PIECE_BYTES = 128 * 1024;

    private final Request request;
    private final Response response;
    private final Fields query;
    private final Callback callback;
    private final List<String> segments;
    private boolean bodyWasRead;
    private boolean handedOver;
    private User user = User.ANONYMOUS;

    /** Wraps a request. */
    public Call(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.segments = SEGMENTS.splitToList(path());
        this.query = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
    }

    /** {@return the request as Jetty sees it, for upgrades} */
    public Request request() {
        return request;
    }

    /** {@return the answer as Jetty sees it, for upgrades} */
    public Response response() {
        return response;
    }

    /** {@return who asks; anonymous until that has been found out} */
    public User user() {
        return user;
    }

    /** Says who asks. */
    public void isBy(User caller) {
        user = caller;
    }

    /** {@return the method, such as {@code GET}} */
    public String method() {
        return request.getMethod();
    }

    /** {@return the decoded path} */
    public String path() {
        return Request.getPathInContext(request);
    }

    /** {@return the path as it was sent} */
    public String rawPath() {
        return requireNonNullElse(request.getHttpURI().getPath(), "/");
    }

    /** {@return the query as it was sent; empty when there is none} */
    public String rawQuery() {
        return requireNonNullElse(request.getHttpURI().getQuery(), "");
    }

    /** Takes each header with its value. */
    public void eachHeader(BiConsumer<String, String> reader) {
        for (HttpField field : request.getHeaders()) {
            reader.accept(field.getName(), requireNonNullElse(field.getValue(), ""));
        }
    }

    /** {@return the parts of the path between slashes} */
    public List<String> segments() {
        return segments;
    }

    /** {@return a parameter of the query; null when it is not given} */
    public @Nullable String parameter(String name) {
        return query.getValue(name);
    }

    /** {@return all values of a parameter of the query} */
    public List<String> parameters(String name) {
        return requireNonNullElse(query.getValues(name), List.of());
    }

    /** {@return a parameter of the query; empty when it is not given} */
    public String parameterOrEmpty(String name) {
        return requireNonNullElse(query.getValue(name), "");
    }

    /** {@return whether a parameter of the query says yes: given, and neither {@code false} nor {@code 0}} */
    public boolean isSet(String name) {
        String value = query.getValue(name);
        return value != null && !value.equals("false") && !value.equals("0");
    }

    /** {@return a header; null when it is not given} */
    public @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    /** {@return all values of a header, joined as HTTP says; empty when it is not given} */
    public String headers(String name) {
        var values = new ArrayList<String>();
        for (HttpField field : request.getHeaders().getFields(name)) {
            values.add(requireNonNullElse(field.getValue(), ""));
        }
        return String.join(",", values);
    }

    /** {@return the media type of the body in lower case, without parameters; empty when it is not given} */
    public String contentType() {
        String given = requireNonNullElse(header("Content-Type"), "");
        int semicolon = given.indexOf(';');
        return (semicolon < 0 ? given : given.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /** {@return the name under which a client writes when it gives none: its program's} */
    public String agent() {
        String agent = requireNonNullElse(header("User-Agent"), "");
        int slash = agent.indexOf('/');
        String name = slash < 0 ? agent : agent.substring(0, slash);
        return name.isEmpty() ? "unknown" : name.substring(0, Math.min(name.length(), 128));
    }

    /** {@return whether a body comes with the request} (RFC 9112, section 6.3) */
    public boolean hasBody() {
        return request.getHeaders().contains(HttpHeader.CONTENT_LENGTH)
                || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /**
     * {@return the body}
     *
     * @throws dev.orchestrator.api.ApiException if it is too large
     */
    public byte[] body() {
        bodyWasRead = true;
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                setHeader("Connection", "close");
                throw Statuses.tooLarge(MOST_BYTES);
            }
            return bytes;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    // A connection is used again only when the body before has been read to its end.
    private void skipBody() {
        if (bodyWasRead || !hasBody()) {
            return;
        }
        bodyWasRead = true;
        try (InputStream in = Content.Source.asInputStream(request)) {
            if (in.skip(MOST_BYTES) == MOST_BYTES) {
                setHeader("Connection", "close");
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Adds a warning that clients show to their users. */
    public void warn(String text) {
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
        response.getHeaders().add("Warning", "299 - \"" + quoted + "\"");
    }

    /** Sets a header of the answer. */
    public void setHeader(String name, String value) {
        response.getHeaders().put(name, value);
    }

    /** Answers with a tree as JSON. */
    public void json(int code, Object tree) {
        bytes(code, MediaTypes.JSON, (JsonText.write(tree) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with a text. */
    public void text(int code, String text) {
        setHeader("X-Content-Type-Options", "nosniff");
        bytes(code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with bytes; does not wait until they are sent, so they may not be changed any more. */
    public void bytes(int code, String type, byte[] body) {
        boolean gzip = takesGzip(body.length);
        byte[] sent = gzip ? Gzip.compressed(body) : body;
        begin(code, type, gzip);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, sent.length);
        // Whoever answers does not wait until the client has taken it.
        response.write(true, isHead() ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(sent), handOver());
    }

    /** Writes a body. */
    @FunctionalInterface
    public interface BodyWriter {

        /** Writes all of it. */
        void write(OutputStream out) throws IOException;
    }

    /** Answers with a body that is written piece by piece; waits for the client to take it. */
    public void pieces(int code, String type, long length, BodyWriter body) {
        boolean gzip = takesGzip(length);
        begin(code, type, gzip);
        if (!gzip) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        }
        if (isHead()) {
            return;
        }
        int size = (int) Math.min(length, PIECE_BYTES);
        try (OutputStream sent = Content.Sink.asOutputStream(response);
                OutputStream out = new BufferedOutputStream(gzip ? Gzip.into(sent) : sent, size)) {
            body.write(out);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private boolean takesGzip(long length) {
        return Gzip.isFor(headers(HttpHeader.ACCEPT_ENCODING.asString()), length);
    }

    private void begin(int code, String type, boolean gzip) {
        skipBody();
        response.setStatus(code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        if (gzip) {
            response.getHeaders().put(HttpHeader.CONTENT_ENCODING, Gzip.NAME);
        }
    }

    private boolean isHead() {
        return method().equals("HEAD");
    }

    /** Answers with a body of unknown length; status and headers are sent at once. */
    public OutputStream stream(int code, String type) {
        return stream(code, Map.of(HttpHeader.CONTENT_TYPE.asString(), List.of(type)), Set.of());
    }

    /**
     * Answers with a body of unknown length; status and headers are sent at once.
     *
     * @param headers the headers, with all their values
     * @param without the names, in lower case, of those that are left out
     */
    public OutputStream stream(int code, Map<String, List<String>> headers, Set<String> without) {
        response.setStatus(code);
        headers.forEach((name, values) -> {
            if (!without.contains(name.toLowerCase(Locale.ROOT))) {
                response.getHeaders().put(name, values);
            }
        });
        // A watcher may be silent for as long as its watch lasts.
        request.addIdleTimeoutListener(idle -> false);
        OutputStream out = Content.Sink.asOutputStream(response);
        try {
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return out;
    }

    /** A client is watched for going away. */
    public interface Watching extends AutoCloseable {

        /** Watches no more. */
        @Override
        void close();
    }

    /**
     * Watches for the client to go away while it is being answered.
     *
     * @param gone what to do then, on a thread of the server
     * @return what ends the watching; to be closed before the answer ends
     */
    public Watching whenGone(Runnable gone) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        var watch = new ClientWatch(endPoint, gone);
        watch.begin();
        return watch;
    }

    /** Answers that there is nothing to say. */
    public void nothing() {
        skipBody();
        response.setStatus(204);
    }

    /** {@return what to tell when the answer is complete; from now on that is somebody else's to do} */
    Callback handOver() {
        handedOver = true;
        return callback;
    }

    /** Undoes {@link #handOver}, when nothing was done. */
    void takeBack() {
        handedOver = false;
    }

    /** Says that the answer is complete. */
    public void end() {
        if (!handedOver) {
            callback.succeeded();
        }
    }

    /** Says that the answer can not be completed. */
    public void fail(Throwable cause) {
        if (!handedOver) {
            callback.failed(cause);
        }
    }

    /** {@return whether the answer has begun, so that no other can be given} */
    public boolean isAnswered() {
        return handedOver || response.isCommitted();
    }
}
