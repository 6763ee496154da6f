package dev.orchestrator.memory;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/** An answer to an HTTP request; immutable. */
public final class HttpReply {

    private static final String CONTENT_TYPE = "Content-Type";

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private HttpReply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** {@return status 200 with a plain text} */
    public static HttpReply ok(String text) {
        return text(200, text);
    }

    /** {@return a status without a body} */
    public static HttpReply status(int status) {
        return new HttpReply(status, Map.of(), new byte[0]);
    }

    /** {@return a status with a plain text} */
    public static HttpReply text(int status, String text) {
        return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return status 200 with a page} */
    public static HttpReply html(String page) {
        return bytes(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return status 200 with JSON that the caller has written} */
    public static HttpReply json(String json) {
        return bytes(200, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return a status with a body of any type} */
    public static HttpReply bytes(int status, String contentType, byte[] body) {
        return new HttpReply(status, Map.of(CONTENT_TYPE, contentType), body.clone());
    }

    /** {@return this answer with one more header} */
    public HttpReply header(String name, String value) {
        requireNonNull(value, "value is null");
        if (name.indexOf('\n') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("header " + name + ": contains a line end");
        }
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpReply(status, more, body);
    }

    /** {@return the status code} */
    public int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
