package dev.orchestrator.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.PodHandle;
import dev.orchestrator.api.model.core.Pod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.api.draft.Drafts.pod;
import static org.assertj.core.api.Assertions.assertThat;

/** Somebody changes containers behind the orchestrator's back; it notices by the engine's events, and heals. */
@Tag("docker")
@Timeout(600)
class ByHandIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static TestEngine engine;

    private Orchestrator cluster;
    private PodHandle pod;
    private String container;

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

    @BeforeEach
    void runAPod() throws Exception {
        cluster = Orchestrator.start(new DockerDriver());
        cluster.apply(pod("web")
                .container(
                        "app",
                        c -> c.image(TestEngine.BUSYBOX)
                                .command("sh", "-c", "trap 'exit 0' TERM; while true; do sleep 3600 & wait; done")));
        pod = cluster.pods().named("web");
        pod.awaitReady(PATIENCE);
        container = id(pod.get());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        cluster.close();
        engine.assertNothingIsLeft();
    }

    private static String id(Pod pod) {
        return pod.status().containerStatuses().stream()
                .map(status -> String.valueOf(status.containerID()).replaceFirst("^.*://", ""))
                .findFirst()
                .orElse("");
    }

    private static void byHand(java.util.function.Function<DockerClient, ?> change) throws InterruptedException {
        engine.call(change);
    }

    private Pod awaitOther() throws InterruptedException {
        return pod.await("running in another container", now -> !id(now).equals(container) && now.isReady(), PATIENCE);
    }

    @Test
    void aKilledContainerIsRestarted() throws Exception {
        byHand(docker -> docker.killContainerCmd(container).exec());

        assertThat(awaitOther().status().containerStatuses().getFirst().restartCount())
                .isEqualTo(1);
    }

    @Test
    void aRemovedContainerIsMadeAgain() throws Exception {
        byHand(docker -> docker.removeContainerCmd(container).withForce(true).exec());

        awaitOther();

        assertThat(pod.exec("echo", "alive").stdout()).isEqualTo("alive\n");
    }

    @Test
    void aStoppedContainerIsRestarted() throws Exception {
        byHand(docker -> docker.stopContainerCmd(container).withTimeout(0).exec());

        awaitOther();
    }

    @Test
    void aPausedContainerGoesOn() throws Exception {
        String filters = Json.text(Map.of("container", List.of(container), "event", List.of("pause", "unpause")));
        try (Exchange events =
                        engine.engine().open("listening", "GET", "/events?filters=" + Engine.encoded(filters), "");
                Json.Values happened = Json.values(events.getBody())) {
            byHand(docker -> docker.pauseContainerCmd(container).exec());

            for (String expected : List.of("pause", "unpause")) {
                JsonNode event = happened.next();
                assertThat(event == null ? "nothing" : event.path("Action").asText())
                        .isEqualTo(expected);
            }
        }
        assertThat(pod.exec("echo", "alive").stdout()).isEqualTo("alive\n");
        assertThat(id(pod.get())).isEqualTo(container);
    }

    @Test
    void aKilledSandboxIsReplaced() throws Exception {
        String sandbox = engine.engine()
                .containers(
                        false,
                        List.of(
                                Labels.KIND + "=" + Labels.SANDBOX,
                                Labels.POD_UID + "=" + pod.get().metadata().uidOrEmpty()))
                .getFirst()
                .path("Id")
                .asText();
        byHand(docker -> docker.killContainerCmd(sandbox).exec());

        awaitOther();
    }
}
