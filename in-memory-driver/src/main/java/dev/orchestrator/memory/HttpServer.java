package dev.orchestrator.memory;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.orchestrator.spi.LogLine;
import org.jspecify.annotations.Nullable;

/** A small HTTP/1.1 server: keep-alive, bodies by length or in chunks, an orderly end. */
final class HttpServer {

    private static final int MAX_LINE = 1 << 16;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_BODY = 64 << 20;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(204, "No Content"),
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Found"),
            Map.entry(303, "See Other"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    private final Container container;
    private final HttpHandler handler;

    private HttpServer(Container container, HttpHandler handler) {
        this.container = container;
        this.handler = handler;
    }

    static ContainerServer open(Container container, int port, HttpHandler handler) throws IOException {
        return ConnectionServer.open(container, port, new HttpServer(container, handler)::serve);
    }

    /** A request that does not follow the protocol. */
    private static final class BadRequest extends IOException {

        private static final long serialVersionUID = 1L;

        private final int status;

        BadRequest(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    private record Head(String method, String target, boolean keepAlive, Map<String, String> headers) {}

    private void serve(ConnectionServer.Connection connection) throws IOException {
        InputStream in = new BufferedInputStream(connection.socket().getInputStream(), 4096);
        OutputStream out = connection.socket().getOutputStream();
        try {
            boolean goesOn = true;
            while (goesOn) {
                connection.idle(true);
                Activity.pauseCurrent();
                Head head = readHead(in, connection);
                goesOn = head != null && answer(head, in, out, connection);
            }
        } catch (BadRequest e) {
            write(out, HttpReply.text(e.status, e.getMessage() + "\n"), false, true);
        } catch (IOException e) {
            // The client has gone; there is nobody to tell.
            connection.idle(false);
        }
    }

    private boolean answer(Head head, InputStream in, OutputStream out, ConnectionServer.Connection connection)
            throws IOException {
        if ("100-continue".equalsIgnoreCase(head.headers().get("expect"))) {
            out.write(CONTINUE);
        }
        byte[] body = readBody(head.headers(), in);
        HttpReply reply = handle(head, body);
        boolean last = !head.keepAlive() || connection.isLast();
        write(out, reply, head.method().equals("HEAD"), last);
        return !last;
    }

    private HttpReply handle(Head head, byte[] body) throws IOException {
        try {
            return handler.handle(new HttpCall(head.method(), new URI(head.target()), head.headers(), body));
        } catch (URISyntaxException e) {
            throw new BadRequest(400, "malformed request target");
        } catch (Exception e) {
            e.printStackTrace(container.log().printStream(LogLine.Stream.STDERR));
            return HttpReply.text(500, "Internal Server Error\n");
        }
    }

    private static @Nullable Head readHead(InputStream in, ConnectionServer.Connection connection) throws IOException {
        String line = readLine(in);
        while (line != null && line.isEmpty()) {
            line = readLine(in);
        }
        if (line == null) {
            return null;
        }
        connection.idle(false);
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new BadRequest(400, "malformed request line");
        }
        Map<String, String> headers = readHeaders(in);
        String wish = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        boolean keepAlive = parts[2].equals("HTTP/1.0") ? wish.contains("keep-alive") : !wish.contains("close");
        return new Head(parts[0], parts[1], keepAlive, headers);
    }

    private static Map<String, String> readHeaders(InputStream in) throws IOException {
        var headers = new HashMap<String, String>();
        for (String line = readLine(in); line != null && !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            if (colon <= 0 || headers.size() >= MAX_HEADERS) {
                throw new BadRequest(400, "malformed headers");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + ", " + second);
        }
        return headers;
    }

    private static byte[] readBody(Map<String, String> headers, InputStream in) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return readChunks(in);
        }
        String length = headers.get("content-length");
        return length == null ? new byte[0] : readFully(in, parsed(length, 10));
    }

    private static byte[] readChunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            String size = readLine(in);
            if (size == null) {
                throw new BadRequest(400, "truncated body");
            }
            int semicolon = size.indexOf(';');
            int length = parsed(semicolon < 0 ? size : size.substring(0, semicolon), 16);
            if (length == 0) {
                readHeaders(in);
                return body.toByteArray();
            }
            body.writeBytes(readFully(in, length));
            readLine(in);
            if (body.size() > MAX_BODY) {
                throw new BadRequest(413, "body is too large");
            }
        }
    }

    private static int parsed(String number, int radix) throws BadRequest {
        try {
            int value = Integer.parseInt(number.strip(), radix);
            if (value > MAX_BODY) {
                throw new BadRequest(413, "body is too large");
            }
            if (value >= 0) {
                return value;
            }
            throw new BadRequest(400, "malformed body length");
        } catch (NumberFormatException e) {
            throw new BadRequest(400, "malformed body length");
        }
    }

    private static byte[] readFully(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new BadRequest(400, "truncated body");
        }
        return bytes;
    }

    private static @Nullable String readLine(InputStream in) throws IOException {
        var line = new StringBuilder(64);
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                return null;
            }
            if (line.length() >= MAX_LINE) {
                throw new BadRequest(400, "line is too long");
            }
            line.append((char) read);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    private static void write(OutputStream out, HttpReply reply, boolean headOnly, boolean last) throws IOException {
        var head = new StringBuilder(128);
        head.append("HTTP/1.1 ").append(reply.status()).append(' ');
        head.append(REASONS.getOrDefault(reply.status(), "Status")).append("\r\n");
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        boolean bodiless = reply.status() == 204 || reply.status() == 304 || reply.status() < 200;
        if (!bodiless) {
            head.append("Content-Length: ").append(reply.body().length).append("\r\n");
        }
        head.append(last ? "Connection: close\r\n\r\n" : "\r\n");
        var bytes = new ByteArrayOutputStream(head.length() + reply.body().length);
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!bodiless && !headOnly) {
            bytes.writeBytes(reply.body());
        }
        bytes.writeTo(out);
    }
}
