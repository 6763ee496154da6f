package dev.orchestrator.docker;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.api.Orchestrator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * JVMs that are killed with SIGKILL while they start, roll and stop: the next start removes what they left and nothing
 * of a JVM that lives. The property {@code crashes} says how often; each comes at another event of the engine.
 */
@Tag("docker")
@Timeout(1800)
class CrashIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CRASHES = Integer.getInteger("crashes", 6);
    private static final int EVENTS = 8;

    private static TestEngine engine;
    private static OtherJvm living;

    @BeforeAll
    static void startOneThatLives() throws Exception {
        engine = TestEngine.require();
        living = OtherJvm.start(List.of(), Program.class);
        living.await("available");
    }

    @AfterAll
    static void close() throws Exception {
        if (living != null) {
            living.close();
            Orchestrator.start(new DockerDriver()).close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    /** When the JVM is killed: a number of events of the engine after it has said something. */
    record Crash(int number, String stage, int events) {

        @Override
        public String toString() {
            return number + ": " + events + " events after " + stage;
        }
    }

    static Stream<Crash> crashes() {
        List<String> stages = List.of("starting", "rolling", "stopping");
        return Stream.iterate(0, number -> number < CRASHES, number -> number + 1)
                .map(number -> new Crash(
                        number, stages.get(number % stages.size()), new SplittableRandom(number).nextInt(EVENTS)));
    }

    /** Deploys, rolls when it is told to, and stops when it is told to. */
    static final class Program {

        private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);

        private Program() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            var told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            say("starting");
            try (var cluster = Orchestrator.start(new DockerDriver())) {
                apply(cluster, "one");
                cluster.deployments().named("web").awaitAvailable(PATIENCE);
                say("available");
                told.readLine();
                say("rolling");
                apply(cluster, "two");
                cluster.deployments().named("web").awaitRollout(PATIENCE);
                say("rolled");
                told.readLine();
                say("stopping");
            }
        }

        private static void apply(Orchestrator cluster, String version) {
            cluster.apply(deployment("web")
                    .replicas(2)
                    .emptyDir("data")
                    .container(
                            "app",
                            c -> c.image(TestEngine.BUSYBOX)
                                    .env("VERSION", version)
                                    .mount("data", "/data")
                                    .command("sh", "-c", "trap 'exit 0' TERM; sleep 3600 & wait")));
        }

        private static void say(String line) throws IOException {
            OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("crashes")
    void theNextStartRemovesWhatAKilledOneLeftAndNothingElse(Crash crash) throws Exception {
        List<String> untouched = ofPods(living.owner());
        assertThat(untouched).hasSize(4);
        Owner dead;
        try (OtherJvm jvm = OtherJvm.start(List.of(), Program.class)) {
            dead = jvm.owner();
            String filters =
                    Json.text(Map.of("type", List.of("container"), "label", List.of(Labels.OWNER + "=" + dead.text())));
            try (Exchange events =
                            engine.engine().open("listening", "GET", "/events?filters=" + Engine.encoded(filters), "");
                    Json.Values happened = Json.values(events.getBody())) {
                reach(jvm, crash.stage());
                for (int i = 0; i < crash.events(); i++) {
                    assertThat(happened.next()).isNotNull();
                }
                jvm.kill();
            }
        }
        assertThat(dead.life()).isEqualTo(Owner.Life.DEAD);

        Orchestrator.start(new DockerDriver()).close();

        assertThat(containers(dead)).isEmpty();
        assertThat(networks(dead)).isEmpty();
        assertThat(volumes(dead)).isEmpty();
        assertThat(folders(dead)).isEmpty();
        assertThat(emptyDirs(dead)).isEmpty();
        assertThat(ofPods(living.owner())).isEqualTo(untouched);
        assertThat(networks(living.owner())).hasSize(1);
        assertThat(folders(living.owner())).hasSize(1);
        assertThat(emptyDirs(living.owner())).hasSize(1);
    }

    private static void reach(OtherJvm jvm, String stage) throws IOException {
        jvm.await("starting");
        if (stage.equals("starting")) {
            return;
        }
        jvm.await("available");
        if (stage.equals("rolling")) {
            jvm.tell("roll");
            jvm.await("rolling");
            return;
        }
        jvm.tell("roll");
        jvm.await("rolled");
        jvm.tell("stop");
        jvm.await("stopping");
    }

    /** The gateway comes in its own time, so it does not count. */
    private static List<String> ofPods(Owner owner) throws InterruptedException {
        List<String> all = new ArrayList<>(containers(owner, Labels.KIND + "=" + Labels.SANDBOX));
        all.addAll(containers(owner, Labels.KIND + "=" + Labels.CONTAINER));
        return all;
    }

    private static List<String> containers(Owner owner, String... labels) throws InterruptedException {
        List<String> wanted = new ArrayList<>(List.of(labels));
        wanted.add(Labels.OWNER + "=" + owner.text());
        return engine.engine().containers(true, wanted).stream()
                .map(container -> container.path("Id").asText() + " "
                        + container.path("State").asText())
                .sorted()
                .toList();
    }

    private static List<String> networks(Owner owner) throws InterruptedException {
        return names(owned("/networks", owner));
    }

    private static List<String> volumes(Owner owner) throws InterruptedException {
        return names(owned("/volumes", owner).path("Volumes"));
    }

    private static JsonNode owned(String path, Owner owner) throws InterruptedException {
        String filters = Json.text(Map.of("label", List.of(Labels.OWNER + "=" + owner.text())));
        return engine.engine().get("listing", path + "?filters=" + Engine.encoded(filters));
    }

    private static List<String> names(JsonNode list) {
        var names = new ArrayList<String>();
        list.forEach(one -> names.add(one.path("Name").asText()));
        return names;
    }

    private static List<Path> emptyDirs(Owner owner) throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(Files::isDirectory)
                    .filter(folder ->
                            folder.getFileName().toString().startsWith("orchestrator-volumes-" + owner.pid() + "-"))
                    .toList();
        }
    }

    private static List<Path> folders(Owner owner) throws IOException {
        var owned = new ArrayList<Path>();
        try (var folders = Files.newDirectoryStream(
                Path.of(System.getProperty("java.io.tmpdir")), TerminationMessages.PREFIX + "*")) {
            for (Path folder : folders) {
                Path file = folder.resolve("owner");
                if (Files.exists(file) && Files.readString(file).equals(owner.text())) {
                    owned.add(folder);
                }
            }
        }
        return owned;
    }

    /** The engine's own pools of addresses hold some thirty networks. */
    @Test
    void manyOrchestratorsInARowAndAtOnceExhaustNoPool() throws Exception {
        for (int i = 0; i < 100; i++) {
            Orchestrator.start(new DockerDriver()).close();
        }
        var open = new ArrayList<Orchestrator>();
        try {
            for (int i = 0; i < 20; i++) {
                open.add(Orchestrator.start(new DockerDriver()));
            }
            assertThat(networks(Owner.ofThisProcess())).hasSize(20);
        } finally {
            for (Orchestrator one : open) {
                one.close();
            }
        }
        engine.assertNothingIsLeft();
    }
}
