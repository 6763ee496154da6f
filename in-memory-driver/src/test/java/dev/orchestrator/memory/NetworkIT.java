package dev.orchestrator.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orchestrator.api.SystemTime;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.TransportProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class NetworkIT {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private SystemTime time;
    private DriverFixture fixture;
    private InMemoryDriver driver;

    @BeforeEach
    void start() throws InterruptedException {
        time = new SystemTime();
        driver = new InMemoryDriver();
        fixture = new DriverFixture(driver, time);
    }

    @AfterEach
    void stop() {
        fixture.close();
        assertThat(driver.remains()).isEmpty();
        time.close();
    }

    private InetSocketAddress serve(String pod, HttpHandler handler) throws InterruptedException {
        ContainerId id = fixture.run(
                pod,
                context -> {
                    context.serveHttp(80, handler);
                    context.out().println("ready");
                    return context.awaitStop();
                },
                80);
        fixture.awaitLine(id, "ready");
        return driver.hostAddress(driver.sandboxes().get(0).id(), 80, TransportProtocol.TCP)
                .orElseThrow();
    }

    /** A client that writes bytes and reads lines. */
    private static final class Client implements AutoCloseable {

        private final Socket socket = new Socket();
        private final BufferedReader in;

        Client(InetSocketAddress address) throws IOException {
            socket.connect(address);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Reads one answer: its status line, a space, its body. */
        String answer() throws IOException {
            String status = in.readLine();
            int length = 0;
            boolean close = false;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                length = line.startsWith("Content-Length: ") ? Integer.parseInt(line.substring(16)) : length;
                close |= line.equals("Connection: close");
            }
            char[] body = new char[length];
            int read = 0;
            while (read < length) {
                read += in.read(body, read, length - read);
            }
            return status + " " + new String(body) + (close ? " (close)" : "");
        }

        String get(String path) throws IOException {
            send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
            return answer();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void keepsConnectionsAndReadsBodies() throws Exception {
        var address = serve("web", call -> switch (call.path()) {
            case "/echo" ->
                HttpReply.ok(call.method() + call.text() + call.header("X-Case").orElse("-"));
            case "/fail" -> throw new IllegalStateException("broken");
            case "/empty" -> HttpReply.status(204);
            default -> HttpReply.text(404, "no").header("X-Why", "path");
        });
        try (var client = new Client(address)) {
            assertThat(client.get("/echo")).isEqualTo("HTTP/1.1 200 OK GET-");
            client.send("POST /echo HTTP/1.1\r\nx-case: 1\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK POSTabc1");
            client.send("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n1;x\r\nf\r\n0\r\n\r\n");
            assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK POSTdef-");
            assertThat(client.get("/fail")).isEqualTo("HTTP/1.1 500 Internal Server Error Internal Server Error\n");
            assertThat(client.get("/empty")).isEqualTo("HTTP/1.1 204 No Content ");
            assertThat(client.get("/other")).isEqualTo("HTTP/1.1 404 Not Found no");
            client.send("GET /echo HTTP/1.1\r\nConnection: close\r\n\r\n");
            assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK GET- (close)");
            assertThat(client.in.read()).isEqualTo(-1);
        }
        try (var client = new Client(address)) {
            client.send("nonsense\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 400 Bad Request");
        }
    }

    @Test
    void anEndingContainerFinishesWhatItAnswers() throws Exception {
        var address = serve("web", call -> HttpReply.ok("ok"));
        ContainerId id = driver.sandboxes().get(0).containers().get(0).id();
        try (var client = new Client(address)) {
            assertThat(client.get("/")).isEqualTo("HTTP/1.1 200 OK ok");
            Thread stopper = Thread.ofVirtual().start(() -> {
                try {
                    driver.stopContainer(id, GRACE);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(stopper.join(Duration.ofMillis(100))).isFalse();

            // The idle connection gets one more answer, and is told that it was the last.
            assertThat(client.get("/")).isEqualTo("HTTP/1.1 200 OK ok (close)");
            assertThat(client.in.read()).isEqualTo(-1);
            stopper.join();
        }
        assertThat(fixture.state(id).exitCode()).isZero();
    }

    @Test
    void nobodyWhoHasConnectedIsCutOffByAnOrderlyEnd() throws Exception {
        var address = serve("web", call -> HttpReply.ok("ok"));
        ContainerId id = driver.sandboxes().get(0).containers().get(0).id();
        var stop = new AtomicBoolean();
        var answered = new AtomicInteger();
        var cutOff = new AtomicInteger();
        Thread client = Thread.ofVirtual().start(() -> {
            while (!stop.get()) {
                try (var connection = new Client(address)) {
                    try {
                        String answer = connection.get("/");
                        (answer.startsWith("HTTP/1.1 200") ? answered : cutOff).incrementAndGet();
                    } catch (IOException e) {
                        cutOff.incrementAndGet();
                    }
                } catch (IOException e) {
                    // Refused: whoever routes requests tries another pod.
                    return;
                }
            }
        });
        while (answered.get() < 50) {
            Thread.onSpinWait();
        }

        driver.stopContainer(id, GRACE);
        stop.set(true);
        client.join();

        assertThat(cutOff).hasValueLessThanOrEqualTo(1);
        assertThat(answered).hasValueGreaterThan(50);
    }

    @Test
    void connectionsOfAPausedContainerStandStill() throws Exception {
        var address = serve("web", call -> HttpReply.ok("ok"));
        var control = driver.container("web", "app");
        control.pause();
        try (var client = new Client(address)) {
            client.socket.setSoTimeout(100);
            assertThatThrownBy(() -> client.get("/")).isInstanceOf(SocketTimeoutException.class);
            client.socket.setSoTimeout(0);

            control.resume();

            assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK ok");
        }
    }

    @Test
    void connectionsOfAPartitionedNodeStandStill() throws Exception {
        var address = serve("web", call -> HttpReply.ok("ok"));
        try (var client = new Client(address)) {
            assertThat(client.get("/")).isEqualTo("HTTP/1.1 200 OK ok");
            driver.node("node-1").partition();
            client.socket.setSoTimeout(100);
            assertThatThrownBy(() -> client.get("/")).isInstanceOf(SocketTimeoutException.class);
            client.socket.setSoTimeout(0);

            driver.node("node-1").up();

            assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK ok");
        }
    }

    @Test
    void aSlowContainerAnswersLate() throws Exception {
        var address = serve("web", call -> HttpReply.ok("ok"));
        driver.container("web", "app").slow(Duration.ofMillis(200));
        long start = System.nanoTime();
        try (var client = new Client(address)) {
            assertThat(client.get("/")).isEqualTo("HTTP/1.1 200 OK ok");
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
    }

    @Test
    void aScriptAnswersWhatItsHealthSays() throws Exception {
        ContainerId id = fixture.run(
                "sick", ContainerScript.unhealthyFor(Duration.ofMinutes(10)).httpOk(9090), 80);
        var sandbox = driver.sandboxes().get(0).id();
        for (int port : new int[] {80, 9090}) {
            var address =
                    driver.hostAddress(sandbox, port, TransportProtocol.TCP).orElseThrow();
            try (var client = new Client(address)) {
                assertThat(client.get("/healthz")).isEqualTo("HTTP/1.1 503 Service Unavailable unhealthy\n");
            }
        }
        driver.stopContainer(id, GRACE);
    }

    @Test
    void nothingIsLeftOfARemovedSandbox() throws Exception {
        ContainerId id = fixture.run(
                "busy",
                context -> {
                    context.serveHttp(80, call -> HttpReply.ok("ok"));
                    context.listenUdp(53);
                    context.start("ticker", () -> context.sleep(Duration.ofHours(1)));
                    java.nio.file.Files.writeString(context.path("/tmp/file"), "text");
                    context.out().println("ready");
                    return context.awaitStop();
                },
                80);
        fixture.awaitLine(id, "ready");
        assertThat(driver.remains()).hasSizeGreaterThan(2);

        driver.removeSandbox(driver.sandboxes().get(0).id());

        assertThat(driver.remains()).containsExactly("temporary files"); // the one empty directory of the driver
    }

    @Test
    void idleContainersHaveNoThreads() throws Exception {
        for (int i = 0; i < 1000; i++) {
            fixture.start(fixture.sandbox("pod-" + i, 80).id(), DriverFixture.spec("app:1"));
        }

        assertThat(driver.remains()).noneMatch(remains -> remains.endsWith("threads"));
    }
}
