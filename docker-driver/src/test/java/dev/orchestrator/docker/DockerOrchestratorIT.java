package dev.orchestrator.docker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.github.dockerjava.api.model.Container;
import dev.orchestrator.api.DeploymentHandle;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.draft.DeploymentDraft;
import dev.orchestrator.api.model.core.ContainerStateTerminated;
import dev.orchestrator.api.model.core.Pod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.service;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** An orchestrator over a real engine, as the README shows it. */
@Tag("docker")
@Timeout(240)
class DockerOrchestratorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static TestEngine engine;

    @BeforeAll
    static void findEngine() throws Exception {
        engine = TestEngine.require();
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        engine.assertNothingIsLeft();
    }

    private static DeploymentDraft web(String text) {
        String script = "trap 'exit 0' TERM; mkdir -p /tmp/www; echo " + text + " > /tmp/www/index.html;"
                + " echo serving; httpd -f -p 8080 -h /tmp/www & wait";
        return deployment("web")
                .replicas(3)
                .container(
                        "web",
                        c -> c.image(TestEngine.BUSYBOX)
                                .command("sh", "-c", script)
                                .port(8080)
                                .readinessProbe(httpGet("/").port(8080).every(Duration.ofMillis(500))));
    }

    @Test
    void deploysServesScalesRollsAndHeals() throws Exception {
        try (var cluster = Orchestrator.start(new DockerDriver())) {
            cluster.apply(web("one"), service("web").selector("app", "web").port(80, 8080));
            DeploymentHandle web = cluster.deployments().named("web");
            web.awaitAvailable(PATIENCE);
            URI url = cluster.services().named("web").uri();
            assertThat(get(url)).isEqualTo("one\n");

            web.scale(4).awaitAvailable(PATIENCE);
            assertThat(web.pods()).hasSize(4);

            cluster.apply(web("two"));
            web.awaitRollout(PATIENCE);
            assertThat(get(url)).isEqualTo("two\n");
            assertThat(cluster.services().named("web").uri()).isEqualTo(url);

            heals(
                    cluster,
                    web.pods().stream()
                            .filter(candidate -> !candidate.metadata().isTerminating())
                            .findFirst()
                            .orElseThrow());
            assertThat(cluster.pods().labelled("app", "web").first().logs().lines())
                    .contains("serving");
        }
    }

    /** Kills a container behind the orchestrator's back. */
    private static void heals(Orchestrator cluster, Pod pod) throws Exception {
        String uid = pod.metadata().uidOrEmpty();
        String container = engine
                .call(docker -> docker.listContainersCmd()
                        .withLabelFilter(Map.of(Labels.POD_UID, uid, Labels.KIND, Labels.CONTAINER))
                        .exec())
                .stream()
                .map(Container::getId)
                .findFirst()
                .orElseThrow();

        engine.call(docker -> docker.killContainerCmd(container).exec());

        cluster.pods()
                .named(pod.metadata().nameOrEmpty())
                .await(
                        "restarted",
                        now -> now.status().containerStatuses().stream().anyMatch(status -> status.restartCount() == 1)
                                && now.isReady(),
                        PATIENCE);
    }

    private static String get(URI url) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void healsAPodWhoseSandboxWasRemovedByHand() throws Exception {
        try (var cluster = Orchestrator.start(new DockerDriver())) {
            cluster.apply(pod("lonely")
                    .container(
                            "app",
                            c -> c.image(TestEngine.BUSYBOX)
                                    .command("sh", "-c", "trap 'exit 0' TERM; sleep 3600 & wait")));
            cluster.pods().named("lonely").awaitReady(PATIENCE);
            List<Container> pause = engine.call(docker -> docker.listContainersCmd()
                    .withLabelFilter(Map.of(
                            Labels.KIND,
                            Labels.SANDBOX,
                            Labels.OWNER,
                            Owner.ofThisProcess().text()))
                    .exec());
            assertThat(pause).hasSize(1);

            engine.call(docker -> docker.removeContainerCmd(pause.getFirst().getId())
                    .withForce(true)
                    .exec());

            String before = pause.getFirst().getId();
            cluster.pods()
                    .named("lonely")
                    .await(
                            "restarted",
                            now -> now.status().containerStatuses().stream()
                                            .anyMatch(status -> status.restartCount() == 1)
                                    && now.isReady(),
                            PATIENCE);
            assertThat(engine.containers()).extracting(Container::getId).doesNotContain(before);
        }
    }

    @Test
    void reportsExitCodesAndWhatAContainerIsKilledFor() throws Exception {
        try (var cluster = Orchestrator.start(new DockerDriver())) {
            cluster.apply(
                    pod("fails")
                            .restartPolicy("Never")
                            .container(
                                    "app",
                                    c -> c.image(TestEngine.BUSYBOX)
                                            .command("sh", "-c", "printf broken > /dev/termination-log; exit 3")),
                    pod("greedy")
                            .restartPolicy("Never")
                            .container(
                                    "app",
                                    c -> c.image(TestEngine.BUSYBOX)
                                            .command("sh", "-c", "tail /dev/zero")
                                            .limit("memory", "16Mi")));

            Pod fails = cluster.pods().named("fails").awaitFinished(PATIENCE);
            Pod greedy = cluster.pods().named("greedy").awaitFinished(PATIENCE);

            var failed = terminated(fails);
            assertThat(failed.exitCode()).isEqualTo(3);
            assertThat(failed.reason()).isEqualTo("Error");
            assertThat(failed.message()).isEqualTo("broken");
            var killed = terminated(greedy);
            assertThat(killed.exitCode()).isEqualTo(137);
            assertThat(killed.reason()).isEqualTo("OOMKilled");
        }
    }

    private static ContainerStateTerminated terminated(Pod pod) {
        return requireNonNull(
                pod.status().containerStatuses().getFirst().state().terminated());
    }
}
