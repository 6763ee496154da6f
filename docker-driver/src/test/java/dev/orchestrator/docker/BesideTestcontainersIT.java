package dev.orchestrator.docker;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import dev.orchestrator.api.Cluster;
import dev.orchestrator.api.CommandOutput;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.draft.PodDraft;
import dev.orchestrator.api.model.discovery.EndpointBuilder;
import dev.orchestrator.api.model.discovery.EndpointPortBuilder;
import dev.orchestrator.api.model.discovery.EndpointSliceBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;

import static dev.orchestrator.api.draft.Drafts.endpointSlice;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.service;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Testcontainers and an orchestrator in one program: each leaves the other's alone, and pods reach both. */
@Tag("docker")
@Timeout(240)
class BesideTestcontainersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORT = 8080;
    private static TestEngine engine;

    @BeforeAll
    static void findEngine() throws Exception {
        engine = TestEngine.require();
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        if (engine != null) {
            engine.assertNothingIsLeft();
            engine.close();
        }
    }

    /** A container of Testcontainers that says its text. */
    private static GenericContainer<?> database(String text) {
        return new GenericContainer<>(TestEngine.BUSYBOX)
                .withCommand(
                        "sh",
                        "-c",
                        "mkdir /tmp/www; echo " + text + " > /tmp/www/index.html; exec httpd -f -p 8080 -h /tmp/www")
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/"));
    }

    /** The network of our pods, for a container of Testcontainers to join; it is ours to remove. */
    private static Network networkOf(DockerDriver driver) {
        return new Network() {
            @Override
            public String getId() {
                return driver.network();
            }

            @Override
            public void close() {
                // It belongs to the orchestrator.
            }
        };
    }

    private static PodDraft client() {
        return pod("client")
                .container(
                        "app",
                        c -> c.image(TestEngine.BUSYBOX).command("sh", "-c", "trap 'exit 0' TERM; sleep 3600 & wait"));
    }

    private static void awaitGet(Cluster cluster, String host, String text) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        CommandOutput answer = get(cluster, host);
        while (!answer.stdout().strip().equals(text)) {
            assertThat(System.nanoTime())
                    .as("%s still answers: %s", host, answer)
                    .isLessThan(deadline);
            answer = get(cluster, host);
        }
    }

    private static CommandOutput get(Cluster cluster, String host) throws InterruptedException {
        return cluster.pods().named("client").execIn("app", List.of("wget", "-qO-", "http://" + host + "/"), PATIENCE);
    }

    private static List<Container> seenByTestcontainers(String pod) {
        DockerClient docker = DockerClientFactory.lazyClient();
        return docker.listContainersCmd()
                .withLabelFilter(Map.of(
                        Labels.POD_NAME,
                        pod,
                        Labels.OWNER,
                        Owner.ofThisProcess().text()))
                .exec();
    }

    @Test
    void aPodReachesAContainerOfTestcontainersByTheNameOfAService() throws Exception {
        var driver = new DockerDriver();
        try (var cluster = Orchestrator.start(driver);
                var database = database("hello").withNetwork(networkOf(driver)).withNetworkAliases("db.example")) {
            database.start();
            cluster.apply(client(), service("database").externalName("db.example"));
            cluster.pods().named("client").awaitReady(PATIENCE);

            awaitGet(cluster, "database:8080", "hello");
            awaitGet(cluster, "database.default.svc.cluster.local:8080", "hello");
        }
    }

    @Test
    void aServiceWithoutSelectorLeadsToThePortThatTestcontainersPublishes() throws Exception {
        try (var cluster = Orchestrator.start(new DockerDriver());
                var database = database("published")) {
            database.start();
            cluster.apply(client());
            var client = cluster.pods().named("client").awaitReady(PATIENCE).get();
            String host = requireNonNull(client.status().hostIP());
            cluster.apply(
                    service("database").port(80, PORT),
                    endpointSlice("database-1")
                            .label("kubernetes.io/service-name", "database")
                            .change(slice -> EndpointSliceBuilder.builder(slice)
                                    .addressType("IPv4")
                                    .ports(List.of(EndpointPortBuilder.builder()
                                            .port(database.getMappedPort(PORT))
                                            .build()))
                                    .endpoints(List.of(EndpointBuilder.builder()
                                            .addresses(List.of(host))
                                            .build()))
                                    .build()));

            awaitGet(cluster, "database", "published");
        }
    }

    @Test
    void testcontainersSeesWhatWeRunAndNeitherRemovesWhatIsTheOthers() throws Exception {
        try (var database = database("still here")) {
            database.start();
            try (var cluster = Orchestrator.start(new DockerDriver())) {
                cluster.apply(client());
                cluster.pods().named("client").awaitReady(PATIENCE);
                assertThat(seenByTestcontainers("client"))
                        .extracting(container -> container.getLabels().get(Labels.KIND) + " " + container.getState())
                        .containsExactlyInAnyOrder(Labels.SANDBOX + " running", Labels.CONTAINER + " running");
                assertThat(seenByTestcontainers("client"))
                        .noneMatch(container -> container.getLabels().containsKey("org.testcontainers"));

                try (var another = database("another")) {
                    another.start();
                }

                assertThat(seenByTestcontainers("client")).hasSize(2);
            }
            assertThat(seenByTestcontainers("client")).isEmpty();
            // A start sweeps what the dead have left.
            Orchestrator.start(new DockerDriver()).close();

            assertThat(database.isRunning()).isTrue();
            assertThat(get(database)).isEqualTo("still here\n");
        }
    }

    private static String get(GenericContainer<?> container) throws Exception {
        URI uri = URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT) + "/");
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
