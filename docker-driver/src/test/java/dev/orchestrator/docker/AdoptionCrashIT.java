package dev.orchestrator.docker;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.exception.DockerException;
import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.Propagation;
import dev.orchestrator.api.draft.DeploymentDraft;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.pod;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * JVMs with one state directory, one after the other, that are killed with SIGKILL while they start, roll, scale,
 * create and delete: each next one has what is wanted, everything once, and goes on with what nobody has touched. The
 * property {@code crashes} says how often; each comes at another event of the engine.
 */
@Tag("docker")
@Timeout(1800)
class AdoptionCrashIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CRASHES = Integer.getInteger("crashes", 6);

    /** Within them all kinds of change are in the middle of their work. */
    private static final int EVENTS = 8;

    /** A start alone has no more for sure: it makes the gateway anew. */
    private static final int EVENTS_OF_START = 3;

    @TempDir
    private Path folder;

    private TestEngine engine;

    @BeforeEach
    void findEngine() throws Exception {
        engine = TestEngine.require();
    }

    @AfterEach
    void leaveNothing() throws Exception {
        if (engine != null) {
            start(folder).close();
            assertThat(ours()).isEmpty();
            engine.close();
        }
    }

    private static String name(Path state) {
        return "adoption-crash-" + state.getFileName();
    }

    private static Orchestrator start(Path state) throws InterruptedException {
        return Orchestrator.builder(new DockerDriver())
                .name(name(state))
                .stateDirectory(state)
                .start();
    }

    /** Does what it is told, line by line, until it is killed. */
    static final class Program {

        private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);

        private final Orchestrator cluster;

        private Program(Orchestrator cluster) {
            this.cluster = cluster;
        }

        public static void main(String[] arguments) throws IOException, InterruptedException {
            var told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            var program = new Program(start(Path.of(arguments[0])));
            say("started");
            for (String order = told.readLine(); order != null; order = told.readLine()) {
                program.obey(order);
                say("done");
            }
        }

        private static void say(String line) throws IOException {
            OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        private void obey(String order) throws IOException, InterruptedException {
            String[] words = order.split(" ", -1);
            var web = cluster.deployments().named("web");
            switch (words[0]) {
                case "prepare" -> prepare();
                case "settle" -> settle();
                case "roll" -> web.setEnv("VERSION", words[1]).awaitRollout(PATIENCE);
                case "scale" -> web.scale(Objects.equals(web.get().spec().replicas(), 1) ? 4 : 1);
                case "create" -> cluster.apply(sleeping("more"));
                case "delete" -> cluster.deployments().named("more").delete(Propagation.FOREGROUND, Duration.ZERO);
                default -> throw new IllegalArgumentException(order);
            }
        }

        private static DeploymentDraft sleeping(String name) {
            return deployment(name)
                    .replicas(2)
                    .container(
                            "app",
                            c -> c.image(TestEngine.BUSYBOX)
                                    .command("sh", "-c", "trap 'exit 0' TERM; sleep 3600 & wait"));
        }

        private void prepare() throws InterruptedException {
            cluster.apply(
                    sleeping("web"),
                    pod("steady")
                            .emptyDir("data")
                            .container(
                                    "app",
                                    c -> c.image(TestEngine.BUSYBOX)
                                            .mount("data", "/data")
                                            .command(
                                                    "sh",
                                                    "-c",
                                                    "trap 'exit 0' TERM; [ -e /data/ran ] && { echo second;"
                                                            + " sleep 3600 & wait; };"
                                                            + " echo first; touch /data/ran; exit 3")));
            cluster.pods()
                    .named("steady")
                    .await("restarted", pod -> pod.isReady() && app(pod).restartCount() == 1, PATIENCE);
        }

        /** Waits until all is as it is wanted, and says what that is. */
        private void settle() throws IOException, InterruptedException {
            for (Deployment deployment : cluster.deployments().list()) {
                var handle = cluster.deployments().named(deployment.metadata().nameOrEmpty());
                if (deployment.metadata().isTerminating()) {
                    handle.awaitDeleted(PATIENCE);
                } else {
                    handle.awaitRollout(PATIENCE);
                }
            }
            for (Pod pod : cluster.pods().list()) {
                if (pod.metadata().isTerminating()) {
                    awaitDeleted(pod);
                } else {
                    say(String.join(
                            " ",
                            pod.metadata().uidOrEmpty(),
                            pod.metadata().nameOrEmpty(),
                            String.valueOf(app(pod).containerID()).replace("docker://", ""),
                            Integer.toString(app(pod).restartCount())));
                }
            }
        }

        private void awaitDeleted(Pod pod) throws InterruptedException {
            try {
                cluster.pods().named(pod.metadata().nameOrEmpty()).awaitDeleted(PATIENCE);
            } catch (ApiException e) {
                assertThat(e.reason()).as("it is gone already").isEqualTo(ApiException.Reason.NOT_FOUND);
            }
        }

        private static ContainerStatus app(Pod pod) {
            return pod.status().containerStatuses().getFirst();
        }
    }

    /** What a JVM says that it has. */
    private record Running(String uid, String name, String container, int restarts) {

        static Running of(String line) {
            String[] words = line.split(" ", -1);
            return new Running(words[0], words[1], words[2], Integer.parseInt(words[3]));
        }
    }

    private OtherJvm startJvm() throws IOException {
        return OtherJvm.start(List.of(), Program.class, folder.toString());
    }

    @Test
    void howeverOftenItIsKilledWhatIsWantedRunsAndNothingElse() throws Exception {
        Running steady;
        try (OtherJvm first = startJvm()) {
            first.await("started");
            first.tell("prepare");
            first.await("done");
            steady = steady(settle(first, "nothing"));
            assertThat(steady.restarts()).isEqualTo(1);
        }

        var random = new SplittableRandom(7);
        boolean hasMore = false;
        for (int crash = 0; crash < CRASHES; crash++) {
            String order = List.of("roll " + crash, "start", hasMore ? "delete" : "create", "scale")
                    .get(crash % 4);
            hasMore = order.equals("create") || (hasMore && !order.equals("delete"));
            int events = random.nextInt(order.equals("start") ? EVENTS_OF_START : EVENTS);
            crash(order, events);
            try (OtherJvm next = startJvm()) {
                next.await("started");
                List<Running> all = settle(next, "crash " + crash + ", " + events + " events after " + order);
                assertThat(steady(all)).isEqualTo(steady);
            }
        }

        try (Orchestrator cluster = start(folder)) {
            var handle = cluster.pods().named("steady");
            assertThat(handle.logs().lines()).containsExactly("second");
            assertThat(handle.logs().previous().lines()).containsExactly("first");
        }
    }

    private static Running steady(List<Running> all) {
        return all.stream()
                .filter(pod -> pod.name().equals("steady"))
                .findFirst()
                .orElseThrow();
    }

    private void crash(String order, int events) throws IOException, InterruptedException {
        String filters = Json.text(
                Map.of("type", List.of("container"), "label", List.of(Labels.ORCHESTRATOR + "=" + name(folder))));
        String path = "/events?filters=" + Engine.encoded(filters);
        try (OtherJvm jvm = startJvm()) {
            if (!order.equals("start")) {
                jvm.await("started");
                jvm.tell("settle");
                jvm.await("done");
            }
            try (Exchange exchange = engine.engine().open("listening", "GET", path, "");
                    Json.Values happened = Json.values(exchange.getBody())) {
                if (!order.equals("start")) {
                    jvm.tell(order);
                }
                for (int i = 0; i < events; i++) {
                    assertThat(happened.next()).isNotNull();
                }
                jvm.kill();
            }
        }
    }

    /** Waits until a JVM has all that it wants, and looks whether the engine has that, too, and nothing else. */
    private List<Running> settle(OtherJvm jvm, String after) throws IOException, InterruptedException {
        jvm.tell("settle");
        List<Running> all = jvm.saidBefore("done").stream().map(Running::of).toList();
        var uids = all.stream().map(Running::uid).collect(Collectors.toSet());
        for (JsonNode container : ours()) {
            if (!uids.contains(container.path("Labels").path(Labels.POD_UID).asText())) {
                awaitRemoved(container.path("Id").asText());
            }
        }

        var wanted = new ArrayList<String>();
        all.forEach(pod -> {
            wanted.add(pod.name() + " sandbox running");
            wanted.add(pod.name() + " container running " + pod.container());
            if (pod.restarts() == 1) {
                wanted.add(pod.name() + " container exited");
            }
        });
        assertThat(ours().stream().map(AdoptionCrashIT::described))
                .as("what the engine has after %s", after)
                .containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(all)
                .filteredOn(pod -> !pod.name().equals("steady"))
                .allSatisfy(pod -> assertThat(pod.restarts())
                        .as("restarts of %s after %s", pod.name(), after)
                        .isZero());
        return all;
    }

    private static String described(JsonNode container) {
        JsonNode labels = container.path("Labels");
        String kind = labels.path(Labels.KIND).asText();
        String state = container.path("State").asText();
        String what = labels.path(Labels.POD_NAME).asText() + " " + kind + " " + state;
        return kind.equals(Labels.CONTAINER) && state.equals("running")
                ? what + " " + container.path("Id").asText()
                : what;
    }

    /** {@return the containers of pods, as the engine lists them} */
    private List<JsonNode> ours() throws InterruptedException {
        return engine.engine().containers(true, List.of(Labels.ORCHESTRATOR + "=" + name(folder))).stream()
                .filter(container ->
                        !container.path("Labels").path(Labels.KIND).asText().equals(Labels.GATEWAY))
                .toList();
    }

    private void awaitRemoved(String id) throws InterruptedException {
        engine.engine().attempt("waiting for a removal", () -> {
            try {
                engine.engine().ask("POST", "/containers/" + id + "/wait?condition=removed", "");
            } catch (DockerException e) {
                assertThat(e.getHttpStatus()).as("it is gone already").isEqualTo(404);
            }
            return id;
        });
    }
}
