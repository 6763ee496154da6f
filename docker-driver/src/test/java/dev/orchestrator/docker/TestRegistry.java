package dev.orchestrator.docker;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A registry on this machine's loopback, which engines trust without TLS. It has {@code app:1}, an image that holds one
 * empty file.
 */
final class TestRegistry implements AutoCloseable {

    private static final int TLS_HANDSHAKE = 0x16;
    private static final String LOGIN =
            Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private final ServerSocket server;
    private final boolean isPrivate;
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final byte[] manifest;

    private TestRegistry(ServerSocket server, boolean isPrivate) {
        this.server = server;
        this.isPrivate = isPrivate;
        byte[] layer = emptyArchive();
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"/app\"]},"
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + digest(layer) + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        String packed = blob(layer);
        this.manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":{\"mediaType\":"
                        + "\"application/vnd.docker.container.image.v1+json\",\"size\":"
                        + config.length + ",\"digest\":\"" + blob(config) + "\"},\"layers\":[{\"mediaType\":"
                        + "\"application/vnd.docker.image.rootfs.diff.tar\",\"size\":" + layer.length
                        + ",\"digest\":\"" + packed + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static TestRegistry start() throws IOException {
        return start(false);
    }

    /** A registry that answers only to {@code user} with {@code secret}. */
    static TestRegistry startPrivate() throws IOException {
        return start(true);
    }

    private static TestRegistry start(boolean isPrivate) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        var registry = new TestRegistry(server, isPrivate);
        Thread.ofVirtual().name("registry").start(registry::accept);
        return registry;
    }

    // One file without content: an archive of no file at all is refused.
    private static byte[] emptyArchive() {
        byte[] header = new byte[512];
        put(header, 0, "app");
        put(header, 100, "0000755");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "00000000000");
        put(header, 136, "00000000000");
        put(header, 148, "        ");
        header[156] = '0';
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte value : header) {
            sum += value;
        }
        put(header, 148, String.format(java.util.Locale.ROOT, "%06o\0 ", sum));
        var archive = new ByteArrayOutputStream();
        archive.writeBytes(header);
        archive.writeBytes(new byte[1024]);
        return archive.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private String blob(byte[] bytes) {
        String digest = digest(bytes);
        blobs.put(digest, bytes);
        return digest;
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    String name(String image) {
        return "127.0.0.1:" + server.getLocalPort() + "/" + image;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().name("registry").start(() -> serve(socket));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            in.mark(1);
            if (in.read() == TLS_HANDSHAKE) {
                // The engine tries TLS first; it takes the end of the connection for a no.
                return;
            }
            in.reset();
            String[] words = HttpHead.line(in).split(" ", -1);
            boolean isLoggedIn = false;
            for (String header = HttpHead.line(in); !header.isEmpty(); header = HttpHead.line(in)) {
                isLoggedIn |= header.equalsIgnoreCase("Authorization: Basic " + LOGIN);
            }
            socket.getOutputStream().write(answer(words[0], words[1], isLoggedIn));
        } catch (IOException e) {
            // Whoever asked does not want to know.
            return;
        }
    }

    private byte[] answer(String method, String path, boolean isLoggedIn) {
        byte[] blob = blobs.get(path.substring(path.lastIndexOf('/') + 1));
        if (isPrivate && !isLoggedIn) {
            return answer(
                    method, "401 Unauthorized", "application/json", error("UNAUTHORIZED", "authentication required"));
        } else if (path.equals("/v2/")) {
            return answer(method, "200 OK", "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        } else if (path.endsWith("app/manifests/1") || path.endsWith("app/manifests/" + digest(manifest))) {
            return answer(method, "200 OK", MANIFEST, manifest);
        } else if (path.contains("/blobs/") && blob != null) {
            return answer(method, "200 OK", "application/octet-stream", blob);
        }
        return answer(method, "404 Not Found", "application/json", error("MANIFEST_UNKNOWN", "manifest unknown"));
    }

    private static byte[] error(String code, String message) {
        return ("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] answer(String method, String status, String type, byte[] body) {
        var answer = new ByteArrayOutputStream();
        answer.writeBytes(("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                        + "\r\nDocker-Content-Digest: " + digest(body)
                        + "\r\nWWW-Authenticate: Basic realm=\"test\"\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        if (!method.equals("HEAD")) {
            answer.writeBytes(body);
        }
        return answer.toByteArray();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
