package dev.orchestrator.runtime.kubelet;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.ExecAction;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Probe;
import dev.orchestrator.api.model.core.ProbeBuilder;
import dev.orchestrator.spi.ExecResult;
import dev.orchestrator.spi.TransportProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** What a kubelet does with pods that another one has started: as if it had been there all the time. */
class PodAdoptionTest {

    private final Map<String, String> failing = new ConcurrentHashMap<>();
    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        node = TestNode.started();
        node.driver.exec((container, command) -> {
            String failure = failing.get(command.getFirst());
            return failure == null ? new ExecResult(0, "fine", "") : new ExecResult(1, failure, "");
        });
    }

    @AfterEach
    void close() {
        assertThat(node.driver.violations()).isEmpty();
        node.close();
    }

    private static Probe probe(String command) {
        return ProbeBuilder.builder()
                .exec(new ExecAction(List.of(command)))
                .periodSeconds(10)
                .timeoutSeconds(1)
                .successThreshold(1)
                .failureThreshold(3)
                .build();
    }

    private void create() throws InterruptedException {
        node.create(
                "web",
                spec -> spec.containers(List.of(container(
                        "app",
                        c -> c.startupProbe(probe("started"))
                                .readinessProbe(probe("ready"))
                                .livenessProbe(probe("alive"))))));
    }

    private long starts() {
        return node.driver.calls().stream()
                .filter(call -> call.startsWith("startContainer"))
                .count();
    }

    @Test
    void whatRanRunsOnAndStaysReadyUntilItsProbesSayOtherwise() throws InterruptedException {
        create();
        node.driver.kill("web", "app", 1);
        node.advance(Duration.ofSeconds(30));
        Pod before = node.pod("web");
        assertThat(before.isReady()).isTrue();
        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        long starts = starts();
        int states = node.history("web").size();

        node.stopKubelet();
        failing.put("ready", "busy");
        node.startAnotherKubelet();

        assertThat(node.history("web")).as("nothing about it has changed").hasSize(states);
        assertThat(node.pod("web")).isSameAs(before);
        node.advance(Duration.ofSeconds(19));
        assertThat(node.pod("web").isReady()).as("two failures").isTrue();
        node.advance(Duration.ofSeconds(1));
        assertThat(node.pod("web").isReady()).as("three failures").isFalse();

        failing.clear();
        failing.put("alive", "dead");
        node.advance(Duration.ofSeconds(30));
        failing.clear();
        node.advance(Duration.ofSeconds(30));
        assertThat(node.container("web", "app").restartCount()).isEqualTo(2);
        assertThat(starts()).isEqualTo(starts + 1);
    }

    @Test
    void whoAsksRightAfterTheStartFindsTheContainers() throws InterruptedException {
        List<String> pods =
                IntStream.range(0, 50).mapToObj(number -> "web-" + number).toList();
        for (String pod : pods) {
            node.create(pod, spec -> spec.containers(List.of(container("app"))));
        }
        node.driver.port(80, new InetSocketAddress(InetAddress.getLoopbackAddress(), 30080));
        node.stopKubelet();

        node.startAnotherKubeletOnly();

        for (String pod : pods) {
            var key = new ObjectKey("default", pod);
            ExecResult answer = node.kubelet().access().exec(key, "app", List.of("ask"), Duration.ofSeconds(1));
            assertThat(answer.stdout()).isEqualTo("fine");
            String ip = requireNonNull(node.status(pod).podIP());
            assertThat(node.kubelet().hostAddress(ip, 80, TransportProtocol.TCP))
                    .as("address of %s", pod)
                    .isPresent();
        }
    }

    @Test
    void whatHadNotStartedYetIsAskedByItsStartupProbe() throws InterruptedException {
        failing.put("started", "soon");
        create();
        node.stopKubelet();
        node.startAnotherKubelet();
        assertThat(node.pod("web").isReady()).isFalse();

        failing.clear();
        node.advance(Duration.ofSeconds(10));

        assertThat(node.pod("web").isReady()).isTrue();
        assertThat(node.container("web", "app").restartCount()).isZero();
    }

    @Test
    void whatEndedMeanwhileHasCrashed() throws InterruptedException {
        create();
        node.stopKubelet();
        node.driver.kill("web", "app", 137);

        node.startAnotherKubelet();
        node.advance(Duration.ofSeconds(10));

        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(node.lastEnd("web", "app").exitCode()).isEqualTo(137);
        assertThat(node.pod("web").isReady()).isTrue();
    }

    @Test
    void whatEndedMeanwhileAndIsNotToRunAgainStaysEnded() throws InterruptedException {
        node.create("never", spec -> spec.restartPolicy("Never").containers(List.of(container("app"))));
        node.create("failed", spec -> spec.restartPolicy("OnFailure").containers(List.of(container("app"))));
        node.create("done", spec -> spec.restartPolicy("OnFailure").containers(List.of(container("app"))));
        node.stopKubelet();
        node.driver.kill("never", "app", 137);
        node.driver.kill("failed", "app", 1);
        node.driver.kill("done", "app", 0);

        node.startAnotherKubelet();
        node.advance(Duration.ofSeconds(10));

        assertThat(node.phase("never")).isEqualTo("Failed");
        assertThat(node.end("never", "app").exitCode()).isEqualTo(137);
        assertThat(node.container("never", "app").restartCount()).isZero();
        assertThat(node.phase("failed")).isEqualTo("Running");
        assertThat(node.container("failed", "app").restartCount()).isEqualTo(1);
        assertThat(node.phase("done")).isEqualTo("Succeeded");
    }

    @Test
    void whatNobodyWantsAnyMoreIsRemoved() throws InterruptedException {
        create();
        node.stopKubelet();
        node.delete("web", 0L);
        assertThat(node.driver.sandboxCount()).isEqualTo(1);

        node.startAnotherKubelet();

        assertThat(node.driver.sandboxCount()).isZero();
    }

    @Test
    void ofASandboxThatWasOnlyBegunNothingIsLeft() throws InterruptedException {
        node.driver.image("app:1").pullTakes(Duration.ofMinutes(50));
        node.create("web", spec -> spec.containers(List.of(container("app"))));
        node.stopKubelet();
        node.driver.breakSandbox("web");
        node.driver.image("app:1").pullTakes(Duration.ZERO);

        node.startAnotherKubelet();
        node.advance(Duration.ofSeconds(10));

        assertThat(node.pod("web").isReady()).isTrue();
        assertThat(node.container("web", "app").restartCount()).isZero();
        assertThat(node.driver.sandboxCount()).isEqualTo(1);
    }

    @Test
    void ofASandboxThatDiedWhatItsContainersSaidIsKeptUntilAnotherHadContainers() throws InterruptedException {
        create();
        node.driver.breakSandbox("web");
        node.clock.settle();
        assertThat(node.driver.sandboxCount())
                .as("one that runs and one for its logs")
                .isEqualTo(2);

        node.driver.breakSandbox("web");
        node.advance(Duration.ofSeconds(30));

        assertThat(node.driver.sandboxCount()).isEqualTo(2);
        assertThat(node.container("web", "app").restartCount()).isEqualTo(2);
    }
}
