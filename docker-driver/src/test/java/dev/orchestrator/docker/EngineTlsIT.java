package dev.orchestrator.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ContainerProcess;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.spi.DriverException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.service;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The engine of this machine as if it were a remote one: over TCP with TLS, and only for those it knows. */
@Tag("docker")
@Timeout(240)
class EngineTlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    // The digest of "remote" names the folder of that context.
    private static final String REMOTE = "b71199ebd070b36beab7317920c2c2f1d777df8d05e5527d8458fda57cb17a7a";

    @TempDir
    private Path folder;

    private TestAuthority authority;
    private TestEngine engine;
    private TlsRelay relay;

    @BeforeEach
    void start() throws Exception {
        engine = TestEngine.require();
        authority = new TestAuthority("engine-ca");
        relay = TlsRelay.start(
                authority.server(), requireNonNull(engine.engine().address().socket(), "the engine is not local"));
    }

    @AfterEach
    void close() throws Exception {
        if (relay != null) {
            relay.close();
        }
        if (engine != null) {
            engine.assertNothingIsLeft();
            engine.close();
        }
    }

    private DockerDriver driver(Map<String, String> variables) {
        return DockerDriver.builder()
                .surroundings(new Surroundings(variables, folder, folder))
                .build();
    }

    private Map<String, String> verified(Path certificates) {
        return Map.of(
                "DOCKER_HOST",
                "tcp://127.0.0.1:" + relay.port(),
                "DOCKER_TLS_VERIFY",
                "1",
                "DOCKER_CERT_PATH",
                certificates.toString());
    }

    private Path certificates() throws Exception {
        Path certificates = folder.resolve("certificates");
        authority.writeAuthority(certificates);
        authority.writeClient(certificates);
        return certificates;
    }

    private String refusal(Map<String, String> variables) {
        return String.valueOf(catchThrowableOfType(
                        DriverException.class,
                        () -> Orchestrator.start(driver(variables)).close())
                .getMessage());
    }

    @Test
    void aPodRunsOnAnEngineThatIsReachedOverTls() throws Exception {
        try (var cluster = Orchestrator.start(driver(verified(certificates())))) {
            String script = "trap 'exit 0' TERM; mkdir -p /tmp/www; echo secured > /tmp/www/index.html;"
                    + " httpd -f -p 8080 -h /tmp/www & echo serving; wait";
            cluster.apply(
                    pod("web")
                            .label("app", "web")
                            .container(
                                    "web",
                                    c -> c.image(TestEngine.BUSYBOX)
                                            .command("sh", "-c", script)
                                            .port(8080)),
                    pod("ends")
                            .restartPolicy("Never")
                            .container("app", c -> c.image(TestEngine.BUSYBOX).command("sh", "-c", "exit 4")),
                    service("web").selector("app", "web").port(80, 8080));
            var web = cluster.pods().named("web").awaitReady(PATIENCE);

            assertThat(web.logs().lines()).containsExactly("serving");
            assertThat(web.exec("cat", "/tmp/www/index.html").stdout()).isEqualTo("secured\n");
            assertThat(echo(web.open("web", List.of("cat")))).isEqualTo("there and back");
            assertThat(get(cluster.services().named("web").uri())).isEqualTo("secured\n");
            Pod ended = cluster.pods().named("ends").awaitFinished(PATIENCE);
            var terminated = requireNonNull(
                    ended.status().containerStatuses().getFirst().state().terminated());
            assertThat(terminated.exitCode()).isEqualTo(4);
        }
    }

    /** {@return what comes back when a text and its end are sent to a process} */
    private static String echo(ContainerProcess process) throws IOException, InterruptedException {
        try (process) {
            process.stdin().write("there and back".getBytes(StandardCharsets.UTF_8));
            process.stdin().close();
            return new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void aContextBringsItsOwnCertificates() throws Exception {
        Path contexts = folder.resolve(".docker/contexts");
        Path tls = contexts.resolve("tls").resolve(REMOTE).resolve("docker");
        authority.writeAuthority(tls);
        authority.writeClient(tls);
        Path meta = Files.createDirectories(contexts.resolve("meta").resolve(REMOTE));
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\":\"remote\",\"Endpoints\":{\"docker\":{\"Host\":\"tcp://127.0.0.1:" + relay.port() + "\"}}}");

        try (var cluster = Orchestrator.start(driver(Map.of("DOCKER_CONTEXT", "remote")))) {
            assertThat(cluster.nodes().count()).isEqualTo(1);
        }
    }

    @Test
    void whoDoesNotVerifyNeedsNoAuthority() throws Exception {
        Path certificates = folder.resolve("certificates");
        authority.writeClient(certificates);
        var variables = new HashMap<>(verified(certificates));
        variables.remove("DOCKER_TLS_VERIFY");
        variables.put("DOCKER_TLS", "1");

        try (var cluster = Orchestrator.start(driver(variables))) {
            assertThat(cluster.nodes().count()).isEqualTo(1);
        }
    }

    @Test
    void saysWhatToDoAboutAnAuthorityThatIsNotTheEngines() throws Exception {
        Path certificates = certificates();
        new TestAuthority("another-ca").writeAuthority(certificates);

        assertThat(refusal(verified(certificates)))
                .contains("tcp://127.0.0.1:" + relay.port())
                .contains("its certificate is not signed by " + certificates.resolve("ca.pem"))
                .contains("copy the engine's ca.pem there");
    }

    @Test
    void saysWhatToDoWithoutCertificates() throws Exception {
        Path nowhere = folder.resolve("nowhere");
        assertThat(refusal(verified(nowhere)))
                .contains(nowhere + " holds none of ca.pem, cert.pem and key.pem")
                .contains("set DOCKER_CERT_PATH to the folder that does");

        Path incomplete = folder.resolve("incomplete");
        authority.writeAuthority(incomplete);
        assertThat(refusal(verified(incomplete)))
                .contains("refuses without cert.pem and key.pem: put them into " + incomplete);

        authority.writeClient(incomplete);
        Files.delete(incomplete.resolve("key.pem"));
        assertThat(refusal(verified(incomplete))).contains(incomplete + " holds cert.pem but no key.pem");

        Files.writeString(incomplete.resolve("key.pem"), "no key");
        assertThat(refusal(verified(incomplete))).contains("the certificates in " + incomplete + " can not be used");
    }

    @Test
    void saysThatAnEngineSpeaksNoTls() throws Exception {
        Path certificates = certificates();
        try (var plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().name("plain").start(() -> refuse(plain));
            var variables = new HashMap<>(verified(certificates));
            variables.put("DOCKER_HOST", "tcp://127.0.0.1:" + plain.getLocalPort());

            assertThat(refusal(variables)).contains("it speaks no TLS: unset DOCKER_TLS_VERIFY");
        }
    }

    private static void refuse(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The client has understood.
            return;
        }
    }
}
