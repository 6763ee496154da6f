package dev.orchestrator.memory;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** An HTTP request that a container has received. */
public final class HttpCall {

    private final String method;
    private final URI target;
    private final Map<String, String> headers;
    private final byte[] body;

    HttpCall(String method, URI target, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** {@return the method, such as {@code GET}} */
    public String method() {
        return method;
    }

    /** {@return the path, decoded, such as {@code /orders/7}} */
    public String path() {
        String path = target.getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** {@return the value of a parameter in the query, decoded} */
    public Optional<String> parameter(String name) {
        requireNonNull(name, "name is null");
        String query = target.getRawQuery();
        if (query == null) {
            return Optional.empty();
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (decode(key).equals(name)) {
                return Optional.of(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** {@return the value of a header, whatever the case of its name} */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
    }

    /** {@return the body read as UTF-8; empty if there is none} */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** {@return the body; empty if there is none} */
    public byte[] bytes() {
        return body.clone();
    }
}
