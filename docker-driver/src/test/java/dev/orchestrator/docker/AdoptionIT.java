package dev.orchestrator.docker;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.exception.DockerException;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.Propagation;
import dev.orchestrator.api.StateException;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.exec;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * An orchestrator with a state directory whose JVM is killed with SIGKILL while all is quiet: the next one goes on
 * where it stopped.
 */
@Tag("docker")
@Timeout(600)
class AdoptionIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Of an image with an anonymous volume. */
    private static final String REPOSITORY =
            "adoption-test-" + ProcessHandle.current().pid();

    private static TestEngine engine;

    @TempDir
    private Path folder;

    private OtherJvm first;

    @BeforeAll
    static void findEngine() throws Exception {
        engine = TestEngine.require();
        String config = Json.text(Map.of("Image", TestEngine.BUSYBOX));
        String container = ask("POST", "/containers/create", config).path("Id").asText();
        ask(
                "POST",
                "/commit?container=" + container + "&repo=" + REPOSITORY + "&tag=1&changes="
                        + Engine.encoded("VOLUME /kept"),
                "");
        ask("DELETE", "/containers/" + container, "");
    }

    private static JsonNode ask(String method, String path, String body) throws InterruptedException {
        return engine.engine().attempt(path, () -> engine.engine().ask(method, path, body));
    }

    @AfterAll
    static void closeEngine() throws Exception {
        if (engine != null) {
            engine.removeImages(REPOSITORY);
            engine.close();
        }
    }

    /** Runs pods of every sort and then waits to be killed. */
    static final class Program {

        private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);

        private Program() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Orchestrator cluster = start(Path.of(arguments[0]));
            cluster.apply(
                    deployment("web")
                            .replicas(2)
                            .container(
                                    "app",
                                    c -> c.image(TestEngine.BUSYBOX)
                                            .readinessProbe(exec("true").every(Duration.ofMillis(200)))
                                            .port(8080)
                                            .command(
                                                    "sh",
                                                    "-c",
                                                    "trap 'exit 0' TERM; mkdir /www; echo hello >/www/index.html;"
                                                            + " httpd -p 8080 -h /www; echo served; sleep 3600 & wait")),
                    service("web").selector("app", "web").port(80, 8080),
                    pod("restarted")
                            .emptyDir("data")
                            .container(
                                    "app",
                                    c -> c.image(arguments[1])
                                            .mount("data", "/data")
                                            .command(
                                                    "sh",
                                                    "-c",
                                                    "trap 'exit 0' TERM; [ -e /data/ran ] && { echo second; echo kept >/kept/file;"
                                                            + " sleep 3600 & wait; };"
                                                            + " echo first; touch /data/ran; exit 3")));
            cluster.deployments().named("web").awaitAvailable(PATIENCE);
            cluster.pods().named("restarted").await("restarted", hasRestarts(1), PATIENCE);
            OUT.write("ready\n".getBytes(StandardCharsets.UTF_8));
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            cluster.pods().named("restarted").delete(Propagation.BACKGROUND, Duration.ZERO);
            // As a kill at this very moment.
            Runtime.getRuntime().halt(1);
        }
    }

    /** The folder of each test has another name, and so has its orchestrator. */
    private static String name(Path state) {
        return "adoption-" + state.getFileName();
    }

    private static Orchestrator start(Path state) throws InterruptedException {
        return Orchestrator.builder(new DockerDriver())
                .name(name(state))
                .stateDirectory(state)
                .start();
    }

    private static Predicate<Pod> hasRestarts(int count) {
        return pod -> pod.isReady() && app(pod).restartCount() == count;
    }

    private static ContainerStatus app(Pod pod) {
        return pod.status().containerStatuses().getFirst();
    }

    @BeforeEach
    void startTheFirst() throws Exception {
        first = OtherJvm.start(List.of(), Program.class, folder.toString(), REPOSITORY + ":1");
        first.await("ready");
    }

    @AfterEach
    void leaveNothing() throws Exception {
        first.close();
        start(folder).close();
        assertThat(containers()).isEmpty();
        assertThat(networks()).isEmpty();
    }

    /** {@return when each container of pods was started, by its id} */
    private Map<String, String> containers() throws InterruptedException {
        return containers(folder);
    }

    private static Map<String, String> containers(Path state) throws InterruptedException {
        var started = new TreeMap<String, String>();
        for (JsonNode container : engine.engine().containers(true, List.of(Labels.ORCHESTRATOR + "=" + name(state)))) {
            String id = container.path("Id").asText();
            if (!container.path("Labels").path(Labels.KIND).asText().equals(Labels.GATEWAY)) {
                Inspected.find(engine.engine(), id)
                        .ifPresent(found -> started.put(id, String.valueOf(found.startedAt())));
            }
        }
        return started;
    }

    private List<String> networks() throws InterruptedException {
        String filters = Json.text(Map.of("label", List.of(Labels.ORCHESTRATOR + "=" + name(folder))));
        JsonNode found = engine.engine().get("listing networks", "/networks?filters=" + Engine.encoded(filters));
        return found.findValuesAsText("Name");
    }

    @Test
    void containersThatRunAreTakenUpAsTheyAre() throws Exception {
        Map<String, String> before = containers();
        assertThat(before).as("3 sandboxes, 4 containers").hasSize(7);
        first.kill();
        // Somebody else sweeps what dead JVMs have left, but not what is kept.
        Orchestrator.start(new DockerDriver()).close();
        assertThat(containers()).isEqualTo(before);

        try (Orchestrator cluster = start(folder)) {
            var web = cluster.deployments().named("web").awaitAvailable(PATIENCE);
            Pod restarted = cluster.pods().named("restarted").await("ready", hasRestarts(1), PATIENCE);

            assertThat(containers()).isEqualTo(before);
            // Their labels name the process that is dead, but they are in use.
            Orchestrator.start(new DockerDriver()).close();
            assertThat(containers()).isEqualTo(before);
            assertThat(web.pods()).hasSize(2).allSatisfy(pod -> {
                assertThat(app(pod).restartCount()).isZero();
                assertThat(before).containsKey(id(pod));
                assertThat(cluster.pods()
                                .named(pod.metadata().nameOrEmpty())
                                .logs()
                                .lines())
                        .containsExactly("served");
            });
            assertThat(before).containsKey(id(restarted));
            var handle = cluster.pods().named("restarted");
            assertThat(handle.logs().lines()).containsExactly("second");
            assertThat(handle.logs().previous().lines()).containsExactly("first");
            assertThat(handle.exec("ls", "/data").stdout()).as("emptyDir").isEqualTo("ran\n");
            assertThat(handle.exec("cat", "/kept/file").stdout())
                    .as("anonymous volume")
                    .isEqualTo("kept\n");
            assertThat(handle.exec("wget", "-q", "-O-", "http://web/").stdout())
                    .as("the service inside pods")
                    .isEqualTo("hello\n");
            assertThat(fetch(cluster.services().named("web").uri()))
                    .as("the service on the host")
                    .isEqualTo("hello\n");

            // Life goes on: probes, restarts, roll-outs and the end.
            engine.engine().ask("POST", "/containers/" + id(restarted) + "/kill", "");
            handle.await("restarted again", hasRestarts(2), PATIENCE);
            web.setEnv("VERSION", "two").awaitRollout(PATIENCE);
            assertThat(web.pods())
                    .filteredOn(pod -> !pod.metadata().isTerminating())
                    .allSatisfy(pod -> assertThat(before).doesNotContainKey(id(pod)));
        }
    }

    private static String fetch(URI address) throws IOException {
        try (InputStream in = address.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String id(Pod pod) {
        return String.valueOf(app(pod).containerID()).replace("docker://", "");
    }

    @Test
    void whatDiedMeanwhileHasCrashed() throws Exception {
        Map<String, String> before = containers();
        first.kill();
        String victim = labelled(Labels.POD_NAME + "=restarted", Labels.KIND + "=" + Labels.CONTAINER, "running");
        String pause = labelled(Labels.POD_NAME + "=restarted", Labels.KIND + "=" + Labels.SANDBOX, "running");
        engine.engine().ask("POST", "/containers/" + victim + "/kill", "");

        try (Orchestrator cluster = start(folder)) {
            Pod pod = cluster.pods().named("restarted").await("restarted", hasRestarts(2), PATIENCE);
            assertThat(app(pod).lastState().terminated())
                    .isNotNull()
                    .satisfies(ended -> assertThat(ended.exitCode()).isEqualTo(137));
            assertThat(containers()).containsEntry(pause, before.get(pause));
        }
    }

    @Test
    void whatNobodyWantsAnyMoreIsRemoved() throws Exception {
        String container = labelled(Labels.POD_NAME + "=restarted", Labels.KIND + "=" + Labels.CONTAINER, "running");
        String pause = labelled(Labels.POD_NAME + "=restarted", Labels.KIND + "=" + Labels.SANDBOX, "running");
        first.tell("delete");
        first.await();

        try (Orchestrator cluster = start(folder)) {
            assertThat(cluster.pods().named("restarted").exists()).isFalse();
            awaitRemoved(container);
            awaitRemoved(pause);
            assertThat(cluster.deployments()
                            .named("web")
                            .awaitAvailable(PATIENCE)
                            .pods())
                    .hasSize(2);
        }
    }

    @Test
    void whatIsOfNoStateAnyMoreIsSweptByAnybody() throws Exception {
        first.kill();
        String volume = volumeOfRestarted();
        assertThat(engine.engine().find("looking for a volume", "/volumes/" + volume))
                .isPresent();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }

        Orchestrator.start(new DockerDriver()).close();

        assertThat(containers()).isEmpty();
        assertThat(networks()).isEmpty();
        assertThat(engine.engine().find("looking for a volume", "/volumes/" + volume))
                .isEmpty();
    }

    private String volumeOfRestarted() throws InterruptedException {
        String id = labelled(Labels.POD_NAME + "=restarted", Labels.KIND + "=" + Labels.CONTAINER, "running");
        for (JsonNode mount : ask("GET", "/containers/" + id + "/json", "").path("Mounts")) {
            if (mount.path("Destination").asText().equals("/kept")) {
                return mount.path("Name").asText();
            }
        }
        throw new AssertionError("the container has no volume");
    }

    @Test
    void whatBelongsToAnotherThatLivesIsLeftAlone(@TempDir Path otherFolder) throws Exception {
        try (OtherJvm other = OtherJvm.start(List.of(), Program.class, otherFolder.toString(), REPOSITORY + ":1")) {
            other.await("ready");
            Map<String, String> others = containers(otherFolder);
            assertThat(others).hasSize(7);
            first.kill();

            try (Orchestrator cluster = start(folder)) {
                cluster.deployments().named("web").awaitAvailable(PATIENCE);
                assertThat(containers(otherFolder)).isEqualTo(others);
            }

            assertThat(containers(otherFolder)).isEqualTo(others);
        }
        start(otherFolder).close();
        assertThat(containers(otherFolder)).isEmpty();
    }

    private static void awaitRemoved(String id) throws InterruptedException {
        engine.engine().attempt("waiting for a removal", () -> {
            try {
                engine.engine().ask("POST", "/containers/" + id + "/wait?condition=removed", "");
            } catch (DockerException e) {
                assertThat(e.getHttpStatus()).as("it is gone already").isEqualTo(404);
            }
            return id;
        });
    }

    private String labelled(String... labelsAndState) throws InterruptedException {
        List<String> labels = new ArrayList<>(List.of(labelsAndState).subList(0, labelsAndState.length - 1));
        labels.add(Labels.ORCHESTRATOR + "=" + name(folder));
        for (JsonNode container : engine.engine().containers(true, labels)) {
            if (container.path("State").asText().equals(labelsAndState[labelsAndState.length - 1])) {
                return container.path("Id").asText();
            }
        }
        throw new AssertionError("no container is " + String.join(" ", labelsAndState));
    }

    @Test
    void whileItLivesNobodyElseHasItsState() {
        assertThatThrownBy(() -> start(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(
                        "is in use by the process " + first.owner().pid());
    }
}
