package dev.orchestrator.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.orchestrator.memory.InMemoryDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections to ports of pods, as {@code kubectl port-forward} and others make them. */
@Timeout(180)
class PortForwardIT {

    private static final int ECHO = 7;
    private static final String ECHOES = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: echo}
            spec:
              selector: {matchLabels: {app: echo}}
              template:
                metadata: {labels: {app: echo}}
                spec:
                  containers: [{name: main, image: "shop/echo:1"}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: echo}
            spec:
              selector: {app: echo}
              ports: [{port: 700, targetPort: 7}]
            """;

    @TempDir
    Path home;

    private final CountDownLatch lost = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // each test starts it in its own way
    private ServerUnderTest server;

    @SuppressWarnings("NullAway.Init")
    private Kubectl kubectl;

    private String pod = "";

    private void start(String webSockets) throws IOException, InterruptedException {
        var driver = new InMemoryDriver().image("shop/echo:1", container -> {
            container.serveTcp(ECHO, connection -> {
                connection.getInputStream().transferTo(connection.getOutputStream());
                connection.shutdownOutput();
                lost.countDown();
            });
            return container.awaitStop();
        });
        server = ServerUnderTest.start(driver);
        kubectl = Kubectl.on(server.api(), home).with("KUBECTL_PORT_FORWARD_WEBSOCKETS", webSockets);
        kubectl.run("create", "-f", kubectl.file("echo.yaml", ECHOES)).ok();
        kubectl.run("wait", "--for=condition=Available", "deployment/echo", "--timeout=30s")
                .ok();
        pod = kubectl.run("get", "pods", "-o", "jsonpath={.items[0].metadata.name}")
                .ok();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A forward that runs, and where it listens. */
    private record Forward(Process process, BufferedReader out, int port) implements AutoCloseable {

        private static final Pattern LINE = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> \\d+");

        static Forward of(Process process) throws IOException {
            var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
            String line = out.readLine();
            Matcher matcher = LINE.matcher(String.valueOf(line));
            if (!matcher.matches()) {
                process.destroy();
                throw new AssertionError(
                        line + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            return new Forward(process, out, Integer.parseInt(matcher.group(1)));
        }

        Socket connect() throws IOException {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    private Forward forward(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of("port-forward"));
        all.addAll(List.of(arguments));
        return Forward.of(kubectl.start(all.toArray(String[]::new)));
    }

    private static byte[] echoed(Socket connection, byte[] sent) throws IOException {
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                connection.getOutputStream().write(sent);
                connection.shutdownOutput();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        byte[] back = connection.getInputStream().readAllBytes();
        assertThat(writer).isNotNull();
        return back;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void reachesPodsServicesAndDeployments(String webSockets) throws IOException, InterruptedException {
        start(webSockets);
        for (String target : List.of("pod/" + pod + " :7", "service/echo :700", "deployment/echo :7")) {
            try (Forward forward = forward(target.split(" ", -1));
                    Socket connection = forward.connect()) {
                assertThat(new String(echoed(connection, text("hello " + target)), StandardCharsets.US_ASCII))
                        .isEqualTo("hello " + target);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void manyConnectionsAtOnceKeepApart(String webSockets) throws Exception {
        start(webSockets);
        try (Forward forward = forward("pod/" + pod, ":7")) {
            var results = new ArrayList<FutureTask<byte[]>>();
            for (int i = 0; i < 8; i++) {
                byte[] sent = new byte[500_000];
                Arrays.fill(sent, (byte) ('a' + i));
                var echo = new FutureTask<>(() -> {
                    try (Socket connection = forward.connect()) {
                        return echoed(connection, sent);
                    }
                });
                results.add(echo);
                Thread.ofVirtual().start(echo);
            }

            for (int i = 0; i < results.size(); i++) {
                byte[] expected = new byte[500_000];
                Arrays.fill(expected, (byte) ('a' + i));
                assertThat(results.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void saysThatNobodyListens(String webSockets) throws IOException, InterruptedException {
        start(webSockets);
        try (Forward forward = forward("pod/" + pod, ":9999");
                Socket connection = forward.connect()) {
            assertThat(connection.getInputStream().readAllBytes()).isEmpty();
            try (BufferedReader errors = forward.process().errorReader(StandardCharsets.UTF_8)) {
                String line = errors.readLine();
                assertThat(line)
                        .contains("error forwarding port 9999 to pod " + pod + ", uid ")
                        .contains("connect: connection refused");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void connectionsEndWithTheirClient(String webSockets) throws IOException, InterruptedException {
        start(webSockets);
        try (Forward forward = forward("pod/" + pod, ":7");
                Socket connection = forward.connect()) {
            connection.getOutputStream().write('x');
            assertThat(connection.getInputStream().read()).isEqualTo('x');

            forward.process().destroyForcibly();

            assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void connectionsEndWithTheServer(String webSockets) throws IOException, InterruptedException {
        start(webSockets);
        try (Forward forward = forward("pod/" + pod, ":7");
                Socket connection = forward.connect()) {
            connection.getOutputStream().write('x');
            assertThat(connection.getInputStream().read()).isEqualTo('x');

            server.api().close();

            assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(forward.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Keeps the binary messages of a WebSocket. */
    private static final class Messages implements java.net.http.WebSocket.Listener {

        private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onBinary(java.net.http.WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            messages.add(new String(bytes, StandardCharsets.ISO_8859_1));
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(java.net.http.WebSocket from, int code, String reason) {
            messages.add("closed " + code);
            return null;
        }

        String next() throws InterruptedException {
            return String.valueOf(messages.poll(30, TimeUnit.SECONDS));
        }
    }

    private String path(String query) {
        return "/api/v1/namespaces/default/pods/" + pod + "/portforward" + query;
    }

    @Test
    void theOldFormNamesItsPortsBeforehand() throws IOException, InterruptedException, ExecutionException {
        start("true");
        var messages = new Messages();

        var socket = server.socket(path("?ports=7&ports=9999"), List.of("v4.channel.k8s.io"), messages);
        assertThat(List.of(messages.next(), messages.next(), messages.next(), messages.next()))
                .containsExactly("\0\u0007\0", "\1\u0007\0", "\2\u000f'", "\3\u000f'");
        assertThat(messages.next()).startsWith("\3error forwarding port 9999 to pod " + pod);
        socket.sendBinary(ByteBuffer.wrap(text("\0hello")), true).join();

        assertThat(socket.getSubprotocol()).isEqualTo("v4.channel.k8s.io");
        assertThat(messages.next()).isEqualTo("\0hello");
        socket.abort();
        assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesWhatCanNotBe() throws IOException, InterruptedException {
        start("true");

        assertThat(server.get(path("")).at("message")).isEqualTo("Upgrade request required");
        assertThat(kubectl.run("port-forward", "pod/nosuch", ":7").err())
                .isEqualTo("Error from server (NotFound): pods \"nosuch\" not found\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1 and so on",
                "\u0080\3\0\1\0\0\0\2too short a frame",
                "\u0080\3\0\1\0\0\0\16\0\0\0\1\0\0\0\0\0\0junk",
                "\u0080\3\0\1\1\u00ff\u00ff\u00fftoo long a frame",
                "\u0080\3\0\6\0\0\0\0"
            })
    void bytesThatAreNotSpdyEndTheConnection(String bytes) throws IOException, InterruptedException {
        start("true");
        try (Socket connection = server.upgraded(path(""), "SPDY/3.1", "portforward.k8s.io")) {
            connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));

            String answer = new String(connection.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).isEqualTo("\u0080\3\0\7\0\0\0\b\0\0\0\0\0\0\0\1");
        }
    }

    @Test
    void aConnectionThatIsCutOffEndsToo() throws IOException, InterruptedException {
        start("true");
        try (Socket connection = server.upgraded(path(""), "SPDY/3.1", "portforward.k8s.io")) {
            connection.getOutputStream().write(new byte[] {(byte) 0x80, 3, 0});
            connection.shutdownOutput();

            assertThat(connection.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void aPingIsAnswered() throws IOException, InterruptedException {
        start("true");
        byte[] ping = {(byte) 0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 9};
        try (Socket connection = server.upgraded(path(""), "SPDY/3.1", "portforward.k8s.io")) {
            connection.getOutputStream().write(ping);

            assertThat(connection.getInputStream().readNBytes(ping.length)).isEqualTo(ping);
        }
    }

    @Test
    void anUnknownProtocolIsRefused() throws IOException, InterruptedException {
        start("true");

        var refused = server.send(server.request("POST", path(""), "")
                .header("X-Stream-Protocol-Version", "portforward.example")
                .build());

        assertThat(refused.at("message")).isEqualTo("Upgrade request required");
        assertThat(kubectl.run("get", "--raw", path("?ports=0")).err())
                .isEqualTo("Error from server (BadRequest): Upgrade request required\n");
    }
}
