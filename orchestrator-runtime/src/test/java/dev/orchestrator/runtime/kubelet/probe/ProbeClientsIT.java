package dev.orchestrator.runtime.kubelet.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.orchestrator.api.model.core.HTTPHeader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The probe clients against real sockets. */
class ProbeClientsIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Answers each connection. */
    private interface Answer {
        void to(Socket socket) throws IOException;
    }

    private static ServerSocket serve(Answer answer) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    answer.to(socket);
                } catch (IOException closed) {
                    if (server.isClosed()) {
                        return;
                    }
                }
            }
        });
        return server;
    }

    private static ProbeTarget target(ServerSocket server) {
        return new ProbeTarget(
                "10.244.0.7", 8080, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
    }

    private static String readHead(Socket socket) throws IOException {
        var head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static Answer http(String response) {
        return socket -> {
            readHead(socket);
            socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
        };
    }

    private static ProbeAnswer get(ServerSocket server, String path) {
        ProbeTarget target = target(server);
        var request = new HttpProbe.Request(false, path, List.of(), TIMEOUT);
        return HttpProbe.run(target, request, port -> target);
    }

    private static ProbeTarget nowhere() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return target(server);
        }
    }

    @Test
    void takesAnyStatusFrom200To399ForWell() throws IOException {
        try (ServerSocket fine = serve(http("HTTP/1.1 204 No Content\r\n\r\n"));
                ServerSocket bad = serve(http("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(get(fine, "/healthz").isSuccess()).isTrue();
            assertThat(get(bad, "/healthz")).isEqualTo(ProbeAnswer.failure("HTTP probe failed with statuscode: 503"));
        }
    }

    @Test
    void sendsPathHostAndHeaders() throws IOException {
        var seen = new AtomicReference<String>();
        try (ServerSocket server = serve(socket -> {
            seen.set(readHead(socket));
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        })) {
            var headers = List.of(new HTTPHeader("X-Probe", "yes"), new HTTPHeader("Host", "shop.example"));
            var request = new HttpProbe.Request(false, "ready?deep=1", headers, TIMEOUT);

            HttpProbe.run(target(server), request, port -> target(server));
        }

        assertThat(seen.get())
                .startsWith("GET /ready?deep=1 HTTP/1.1\r\n")
                .contains("Host: shop.example\r\n", "X-Probe: yes\r\n", "User-Agent: kube-probe/1.36\r\n");
    }

    @Test
    void followsRedirectsOnTheSameHostOnly() throws IOException {
        try (ServerSocket server = serve(socket -> {
                    boolean isRoot = readHead(socket).startsWith("GET / ");
                    String answer = isRoot
                            ? "HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"
                            : "HTTP/1.1 500 Oh\r\n\r\n";
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                });
                ServerSocket away = serve(
                        http("HTTP/1.1 302 Found\r\nLocation: http://else.example/\r\nContent-Length: 2\r\n\r\nhi"))) {
            assertThat(get(server, "/")).isEqualTo(ProbeAnswer.failure("HTTP probe failed with statuscode: 500"));
            assertThat(get(away, "/"))
                    .isEqualTo(new ProbeAnswer(
                            ProbeAnswer.Verdict.WARNING, "Probe terminated redirects, Response body: hi"));
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        ProbeTarget nowhere = nowhere();
        var request = new HttpProbe.Request(false, "/", List.of(), TIMEOUT);

        assertThat(HttpProbe.run(nowhere, request, port -> nowhere))
                .isEqualTo(ProbeAnswer.failure(
                        "Get \"http://10.244.0.7:8080/\": dial tcp 10.244.0.7:8080: connect:" + " connection refused"));
        assertThat(TcpProbe.run(nowhere, TIMEOUT))
                .isEqualTo(ProbeAnswer.failure("dial tcp 10.244.0.7:8080: connect: connection refused"));
        assertThat(TcpProbe.run(new ProbeTarget("10.244.0.7", 8080, null), TIMEOUT)
                        .isSuccess())
                .isFalse();
    }

    @Test
    void givesUpOnAServerThatSaysNothing() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            ProbeTarget target = target(server);
            var request = new HttpProbe.Request(false, "/", List.of(), Duration.ofMillis(100));

            assertThat(HttpProbe.run(target, request, port -> target).message())
                    .isEqualTo("Get \"http://10.244.0.7:8080/\": context deadline exceeded (Client.Timeout exceeded"
                            + " while awaiting headers)");
            assertThat(GrpcProbe.run(target, "", Duration.ofMillis(100)).message())
                    .isEqualTo("timeout: health rpc did not complete within 100ms");
            assertThat(TcpProbe.run(target, TIMEOUT).isSuccess()).isTrue();
        }
    }

    private static byte[] frame(int type, int flags, byte[] payload) {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {0, 0, (byte) payload.length, (byte) type, (byte) flags, 0, 0, 0});
        frame.write(type == 4 ? 0 : 1);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    private static Answer grpc(String grpcStatus, byte[] message) {
        return socket -> {
            socket.getInputStream().readNBytes(24 + 9);
            var answer = new ByteArrayOutputStream();
            answer.writeBytes(frame(4, 0, new byte[0]));
            answer.writeBytes(frame(1, 4, new byte[] {(byte) 0x88}));
            answer.writeBytes(frame(0, 0, message));
            var trailers = new ByteArrayOutputStream();
            Hpack.literal(trailers, "grpc-status", grpcStatus);
            Hpack.literal(trailers, "grpc-message", "words");
            answer.writeBytes(frame(1, 5, trailers.toByteArray()));
            socket.getOutputStream().write(answer.toByteArray());
            socket.getInputStream().read(new byte[4096]);
        };
    }

    @Test
    void asksTheGrpcHealthService() throws IOException {
        try (ServerSocket serving = serve(grpc("0", new byte[] {0, 0, 0, 0, 2, 8, 1}));
                ServerSocket not = serve(grpc("0", new byte[] {0, 0, 0, 0, 2, 8, 2}));
                ServerSocket none = serve(grpc("12", new byte[0]))) {
            assertThat(GrpcProbe.run(target(serving), "", TIMEOUT)).isEqualTo(ProbeAnswer.success("service healthy"));
            assertThat(GrpcProbe.run(target(not), "shop", TIMEOUT))
                    .isEqualTo(ProbeAnswer.failure("service unhealthy (responded with \"NOT_SERVING\")"));
            assertThat(GrpcProbe.run(target(none), "", TIMEOUT).message())
                    .isEqualTo("error: this server does not implement the grpc health protocol"
                            + " (grpc.health.v1.Health): words");
        }
    }
}
