package dev.orchestrator.runtime.kubelet.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import com.google.common.primitives.Longs;
import dev.orchestrator.api.model.core.HTTPHeader;
import org.jspecify.annotations.Nullable;

/**
 * Asks by an HTTP GET whether a container is well: any status from 200 to 399 says so.
 *
 * <p>Speaks HTTP/1.1 over a plain socket: one request, one connection, nothing kept, so that thousands of probes cost
 * little.
 */
public final class HttpProbe {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LONGEST_BODY = 10 * 1024;
    private static final int MOST_REDIRECTS = 10;

    private HttpProbe() {}

    /**
     * What to ask for.
     *
     * @param tls whether to speak TLS; certificates are not checked, as Kubernetes does not
     * @param path path and query
     * @param headers headers to send besides the usual ones
     * @param timeout for the whole exchange
     */
    public record Request(boolean tls, String path, List<HTTPHeader> headers, Duration timeout) {

        /** Copies the list; an empty path is the root. */
        public Request {
            headers = List.copyOf(headers);
            path = path.isEmpty() ? "/" : path.startsWith("/") ? path : "/" + path;
        }
    }

    /** Finds the address of another port of the same host, for a redirect. */
    public interface Ports {
        /** {@return where that port of the host is} */
        ProbeTarget at(int port);
    }

    private record Response(int status, @Nullable String location, String body) {}

    /** {@return what the target answers} */
    public static ProbeAnswer run(ProbeTarget target, Request request, Ports ports) {
        ProbeTarget at = target;
        Request asked = request;
        String url = url(target, request);
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            Response response;
            try {
                response = exchange(at, asked);
            } catch (SocketTimeoutException e) {
                return ProbeAnswer.failure("Get \"" + url
                        + "\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
            } catch (Dialer.DialException e) {
                return ProbeAnswer.failure("Get \"" + url + "\": " + dialFailure(e));
            } catch (IOException e) {
                return ProbeAnswer.failure("Get \"" + url + "\": " + e.getMessage());
            }
            if (response.location == null || !isRedirect(response.status)) {
                return judge(response);
            }
            URI next = resolve(url, response.location);
            if (next == null || !target.host().equals(next.getHost())) {
                return new ProbeAnswer(
                        ProbeAnswer.Verdict.WARNING, "Probe terminated redirects, Response body: " + response.body);
            }
            url = next.toString();
            boolean tls = "https".equals(next.getScheme());
            at = ports.at(next.getPort() >= 0 ? next.getPort() : tls ? 443 : 80);
            asked = new Request(tls, pathOf(next), request.headers, request.timeout);
        }
        return ProbeAnswer.failure("Get \"" + url + "\": stopped after " + MOST_REDIRECTS + " redirects");
    }

    /** {@return why the target gives no HTTP answer at all; null when it gives one, whatever it says} */
    public static @Nullable String failureToReach(ProbeTarget target, Request request) {
        try {
            exchange(target, request);
            return null;
        } catch (IOException e) {
            return "Get \"" + url(target, request) + "\": " + e.getMessage();
        }
    }

    private static String dialFailure(Dialer.DialException e) {
        return e.getCause() instanceof SocketTimeoutException
                ? "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
                : String.valueOf(e.getMessage());
    }

    private static ProbeAnswer judge(Response response) {
        return response.status >= 200 && response.status < 400
                ? ProbeAnswer.success(response.body)
                : ProbeAnswer.failure("HTTP probe failed with statuscode: " + response.status);
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static @Nullable URI resolve(String url, String location) {
        try {
            return URI.create(url).resolve(location);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String pathOf(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static String url(ProbeTarget target, Request request) {
        return (request.tls ? "https://" : "http://") + target + request.path;
    }

    private static Response exchange(ProbeTarget target, Request request) throws IOException {
        long deadline = System.nanoTime() + request.timeout.toNanos();
        try (Socket plain = Dialer.dial(target, request.timeout);
                Socket socket = request.tls ? InsecureTls.wrap(plain, target) : plain) {
            socket.getOutputStream().write(head(target, request));
            var reader = new Reader(socket, deadline);
            return read(reader);
        }
    }

    private static byte[] head(ProbeTarget target, Request request) {
        var head = new StringBuilder(160).append("GET ").append(request.path).append(" HTTP/1.1\r\n");
        String host = null;
        boolean hasAgent = false;
        boolean hasAccept = false;
        for (HTTPHeader header : request.headers) {
            switch (header.name().toLowerCase(Locale.ROOT)) {
                case "host" -> host = header.value();
                case "connection" -> {}
                default -> {
                    hasAgent |= header.name().equalsIgnoreCase("User-Agent");
                    hasAccept |= header.name().equalsIgnoreCase("Accept");
                    head.append(header.name())
                            .append(": ")
                            .append(header.value())
                            .append("\r\n");
                }
            }
        }
        head.append("Host: ").append(host == null ? target.toString() : host).append("\r\n");
        if (!hasAgent) {
            head.append("User-Agent: kube-probe/1.36\r\n");
        }
        if (!hasAccept) {
            head.append("Accept: */*\r\n");
        }
        return head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Response read(Reader reader) throws IOException {
        String statusLine = reader.line();
        int status = status(statusLine);
        if (status < 0) {
            throw new IOException(
                    "net/http: HTTP/1.x transport connection broken: malformed HTTP response \"" + statusLine + "\"");
        }
        String location = null;
        long length = -1;
        for (String line = reader.line(); !line.isEmpty(); line = reader.line()) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            if (name.equalsIgnoreCase("Location")) {
                location = value;
            } else if (name.equalsIgnoreCase("Content-Length")) {
                Long stated = Longs.tryParse(value);
                length = stated == null ? -1 : stated;
            }
        }
        // The body matters only where a message quotes it.
        String body = location != null ? reader.body(length) : "";
        return new Response(status, location, body);
    }

    /** {@return the three digits after the version; -1 if they are not there} */
    private static int status(String line) {
        int blank = line.indexOf(' ');
        if (blank < 0 || !line.startsWith("HTTP/") || line.length() < blank + 4) {
            return -1;
        }
        boolean isEnd = line.length() == blank + 4 || line.charAt(blank + 4) == ' ';
        int status = 0;
        for (int i = blank + 1; i < blank + 4; i++) {
            char digit = line.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            status = 10 * status + digit - '0';
        }
        return isEnd ? status : -1;
    }

    /** Reads a response within a deadline. */
    private static final class Reader {

        private final Socket socket;
        private final InputStream in;
        private final long deadline;
        private final byte[] buffer = new byte[1024];
        private int position;
        private int limit;
        private int total;

        Reader(Socket socket, long deadline) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.deadline = deadline;
        }

        private int next() throws IOException {
            if (position == limit) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new SocketTimeoutException("deadline");
                }
                socket.setSoTimeout(Dialer.millis(Duration.ofNanos(left)));
                limit = in.read(buffer);
                position = 0;
                if (limit <= 0) {
                    limit = 0;
                    return -1;
                }
                total += limit;
            }
            return buffer[position++];
        }

        String line() throws IOException {
            var line = new ByteArrayOutputStream(64);
            for (int next = next(); next != '\n'; next = next()) {
                if (next < 0 && limit == 0) {
                    throw new IOException("EOF");
                }
                if (total > LONGEST_HEAD) {
                    throw new IOException("net/http: server response headers exceeded " + LONGEST_HEAD + " bytes");
                }
                if (next != '\r') {
                    line.write(next);
                }
            }
            return line.toString(StandardCharsets.UTF_8);
        }

        String body(long length) throws IOException {
            long wanted = length < 0 ? LONGEST_BODY : Math.min(length, LONGEST_BODY);
            var body = new ByteArrayOutputStream();
            while (body.size() < wanted) {
                int next = next();
                if (next < 0 && limit == 0) {
                    break;
                }
                body.write(next);
            }
            return body.toString(StandardCharsets.UTF_8);
        }
    }
}
