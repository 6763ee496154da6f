package dev.orchestrator.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.orchestrator.api.Cluster;
import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.model.ResourceTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code describe()} says of an object is what the real kubectl says of it. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescribeIT {

    private ServerUnderTest server;
    private Kubectl kubectl;

    @BeforeAll
    void createEverything(@TempDir Path home) throws InterruptedException, IOException {
        server = ServerUnderTest.start();
        kubectl = Kubectl.on(server.api(), home);
        Cluster cluster = server.cluster();
        cluster.create(Manifests.load(text("described.yaml")));
        kubectl.file("statuses.yaml", text("described-statuses.yaml"));
        kubectl.run("replace", "--subresource=status", "-f", "statuses.yaml").ok();
        cluster.deployments().named("web").awaitAvailable(Duration.ofSeconds(60));
        cluster.replicationControllers().named("rc").awaitAvailable(Duration.ofSeconds(60));
        cluster.statefulSets()
                .named("db")
                .await("its first pod", set -> set.status().replicas() == 1, Duration.ofSeconds(60));
        cluster.pods()
                .named("full")
                .await("to run", pod -> "Running".equals(pod.status().phase()), Duration.ofSeconds(60));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static String text(String name) {
        try (InputStream content = Objects.requireNonNull(DescribeIT.class.getResourceAsStream(name), name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> described() {
        return Manifests.load(text("described.yaml")).stream()
                .map(object ->
                        object.resourceType().kind() + " " + object.metadata().nameOrEmpty() + " "
                                + object.metadata().namespaceOrEmpty());
    }

    @ParameterizedTest
    @MethodSource("described")
    void saysWhatKubectlSays(String object) throws IOException, InterruptedException {
        List<String> words = List.of(object.split(" ", -1));
        compare(words.get(0), words.get(1), words.get(2).isEmpty() ? "default" : words.get(2));
    }

    @Test
    void describesWhatControllersHaveMade() throws IOException, InterruptedException {
        String set = server.cluster().replicaSets().list().getFirst().key().name();
        String pod = server.cluster()
                .pods()
                .labelled("app", "web")
                .list()
                .getFirst()
                .key()
                .name();
        String slice = server.cluster()
                .endpointSlices()
                .labelled("kubernetes.io/service-name", "web")
                .list()
                .getFirst()
                .key()
                .name();

        compare("ReplicaSet", set, "default");
        compare("Pod", pod, "default");
        compare("EndpointSlice", slice, "default");
        compare("Endpoints", "web", "default");
        compare("Node", "node-1", "default");
        compare("Namespace", "default", "default");
    }

    private void compare(String kind, String name, String namespace) throws IOException, InterruptedException {
        String theirs = kubectl.run("describe", "-n", namespace, kind, name).ok();
        var type = ResourceTypes.named(kind).orElseThrow();

        String ours = server.cluster()
                .resources(type)
                .inNamespace(namespace)
                .named(name)
                .describe();

        // A kubectl before 1.33 does not say in which namespace a daemon set is.
        boolean older = kind.equals("DaemonSet") && !theirs.contains("\nNamespace:");
        assertThat(lasting(older ? ours.replaceFirst("(?m)^Namespace:.*\n", "") : ours))
                .isEqualTo(lasting(theirs));
    }

    /** {@return the text without ages and without what the node writes again and again} */
    private static String lasting(String text) {
        return text.replaceAll("(?m)\\d+[smhd](?= +\\S+ |$)", "AGE")
                .replaceAll("(?m)^(  RenewTime: +).*", "$1 TIME")
                .replaceAll("x\\d+ over \\d+\\w+", "AGAIN");
    }
}
