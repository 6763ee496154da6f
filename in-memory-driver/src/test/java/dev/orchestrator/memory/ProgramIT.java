package dev.orchestrator.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.orchestrator.api.SystemTime;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState.Phase;
import dev.orchestrator.spi.TransportProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class ProgramIT {

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
        time.close();
    }

    @Test
    void servesHttpOnThePortThatWasKnownBefore() throws Exception {
        driver.image("app:1", context -> {
            context.serveHttp(
                    8080, call -> HttpReply.ok(call.path() + call.parameter("q").orElse("")));
            context.out().println("ready");
            return context.awaitStop();
        });
        var sandbox = fixture.sandbox("web", 8080);
        InetSocketAddress before = address(sandbox.id().value(), 8080);
        assertThatThrownBy(() -> connect(before)).isInstanceOf(ConnectException.class);

        ContainerId id = fixture.start(sandbox.id(), DriverFixture.spec("app:1"));
        fixture.awaitLine(id, "ready");

        assertThat(address("uid-web", 8080)).isEqualTo(before);
        assertThat(get(before, "/hello?q=%20you")).isEqualTo("/hello you");
        driver.stopContainer(id, GRACE);
        assertThat(fixture.state(id).exitCode()).isZero();
        assertThatThrownBy(() -> connect(before)).isInstanceOf(ConnectException.class);
        assertThat(address("uid-web", 8080)).isEqualTo(before);
    }

    @Test
    void listensAgainOnTheSamePortAfterARestart() throws Exception {
        driver.image("app:1", context -> {
            context.serveHttp(8080, call -> HttpReply.ok("attempt " + context.attempt()));
            context.out().println("ready");
            return context.awaitStop();
        });
        var sandbox = fixture.sandbox("web", 8080).id();
        InetSocketAddress address = address(sandbox.value(), 8080);
        for (int attempt = 0; attempt < 5; attempt++) {
            ContainerId id = fixture.start(sandbox, DriverFixture.spec("app", "app:1", attempt, List.of()));
            fixture.awaitLine(id, "ready");

            assertThat(get(address, "/")).isEqualTo("attempt " + attempt);
            driver.stopContainer(id, Duration.ZERO);
        }
    }

    @Test
    void anUnknownImageAnswersOnTheTcpPortsItDeclares() throws Exception {
        var sandbox = fixture.sandbox("nginx", 80).id();
        fixture.start(sandbox, DriverFixture.spec("nginx:1.29"));

        assertThat(get(address(sandbox.value(), 80), "/")).isEqualTo("nginx:1.29 in pod nginx\n");
        assertThatThrownBy(() -> connect(address(sandbox.value(), 81))).isInstanceOf(ConnectException.class);
    }

    @Test
    void receivesDatagramsAfterEachRestart() throws Exception {
        driver.image("udp:1", context -> {
            try (DatagramSocket socket = context.listenUdp(53)) {
                context.out().println("ready");
                var packet = new DatagramPacket(new byte[100], 100);
                socket.receive(packet);
                socket.send(packet);
                return 0;
            }
        });
        var sandbox = fixture.sandbox("dns").id();
        var address = driver.hostAddress(sandbox, 53, TransportProtocol.UDP).orElseThrow();
        for (int attempt = 0; attempt < 3; attempt++) {
            ContainerId id = fixture.start(sandbox, DriverFixture.spec("app", "udp:1", attempt, List.of()));
            fixture.awaitLine(id, "ready");

            try (var client = new DatagramSocket()) {
                client.setSoTimeout(5000);
                client.send(new DatagramPacket(new byte[] {(byte) attempt}, 1, address));
                var reply = new DatagramPacket(new byte[10], 10);
                client.receive(reply);
                assertThat(reply.getData()[0]).isEqualTo((byte) attempt);
            }
            fixture.ended(id);
        }
    }

    @Test
    void connectsToItsOwnPodAndToServicesByName() throws Exception {
        ContainerId server = fixture.run(
                "server",
                context -> {
                    context.serveTcp(
                            6379,
                            connection ->
                                    connection.getOutputStream().write("pong\n".getBytes(StandardCharsets.UTF_8)));
                    try (Socket self = context.connect("localhost", 6379)) {
                        context.out().println("self " + line(self));
                    }
                    return context.awaitStop();
                },
                6379);
        fixture.awaitLine(server, "self pong");
        fixture.context.name("redis", address("uid-server", 6379));

        ContainerId client = fixture.run("client", context -> {
            try (Socket redis = context.connect("redis", 6379)) {
                context.out().println("redis " + line(redis));
            }
            context.out()
                    .println(context.resolve(URI.create("http://redis/a?b=c")).getPath());
            context.connect("nobody", 1);
            return 0;
        });

        assertThat(fixture.ended(client).exitCode()).isEqualTo(1);
        assertThat(fixture.log(client))
                .startsWith("redis pong", "/a")
                .anyMatch(line -> line.contains("UnknownHostException: nobody:1"));
    }

    @Test
    void aProgramThatIgnoresEverythingIsKilledAfterTheGracePeriod() throws Exception {
        var release = new CountDownLatch(1);
        ContainerId id = fixture.run("stubborn", context -> {
            context.listen(80);
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    context.out().println("no");
                }
            }
            return 0;
        });

        driver.stopContainer(id, Duration.ofMillis(50));

        assertThat(fixture.state(id).exitCode()).isEqualTo(137);
        assertThat(fixture.state(id).phase()).isEqualTo(Phase.EXITED);
        release.countDown();
    }

    @Test
    void keepsItsFilesInADirectoryOfItsOwnAndInMounts() throws Exception {
        var volume = Files.createTempDirectory("volume");
        Files.writeString(volume.resolve("key"), "value");
        driver.image("files:1", context -> {
            Files.writeString(context.path("notes.txt"), "mine");
            Files.writeString(context.path("/data/out"), Files.readString(context.path("/data/key")));
            context.out().println(context.path("/work/notes.txt"));
            context.terminationMessage("bye");
            return 3;
        });
        var mounts = List.of(new dev.orchestrator.spi.ContainerSpec.MountSpec(volume, "/data", false));
        var sandbox = fixture.sandbox("files").id();
        ContainerId id = fixture.start(sandbox, DriverFixture.spec("app", "files:1", 0, mounts));

        var state = fixture.ended(id);

        assertThat(state.exitCode()).isEqualTo(3);
        assertThat(state.message()).isEqualTo("bye");
        assertThat(volume.resolve("out")).hasContent("value");
        var notes = java.nio.file.Path.of(fixture.log(id).get(0));
        assertThat(notes).hasContent("mine");
        driver.removeContainer(id);
        assertThat(notes).doesNotExist();
        ContainerFiles.deleteTree(volume);
    }

    private InetSocketAddress address(String sandbox, int port) {
        return driver.hostAddress(new dev.orchestrator.spi.SandboxId(sandbox), port, TransportProtocol.TCP)
                .orElseThrow();
    }

    private static void connect(InetSocketAddress address) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(address);
        }
    }

    private static String line(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private static String get(InetSocketAddress address, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
