package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.core.ExecAction;
import dev.orchestrator.api.model.core.Probe;
import dev.orchestrator.api.model.core.ProbeBuilder;
import dev.orchestrator.spi.ExecResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** What probes do to pods. */
class PodProbeStoriesTest {

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

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Probe probe(String command, UnaryOperator<ProbeBuilder> more) {
        return more.apply(ProbeBuilder.builder()
                        .exec(new ExecAction(List.of(command)))
                        .periodSeconds(10)
                        .timeoutSeconds(1)
                        .successThreshold(1)
                        .failureThreshold(3))
                .build();
    }

    private static Probe probe(String command) {
        return probe(command, builder -> builder);
    }

    private long count(String event) {
        return node.events.stream().filter(event::equals).count();
    }

    private long execs(String command) {
        return node.driver.calls().stream()
                .filter(call -> call.startsWith("exec ") && call.endsWith(" " + command))
                .count();
    }

    @Test
    void becomesReadyWhenTheProbeSaysSoAndUnreadyAfterEnoughFailures() throws InterruptedException {
        failing.put("ready", "starting");
        node.create("web", spec -> spec.containers(List.of(container("app", c -> c.readinessProbe(probe("ready"))))));
        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.pod("web").isReady()).isFalse();
        assertThat(node.pod("web").condition("ContainersReady").orElseThrow().message())
                .isEqualTo("containers with unready status: [app]");
        assertThat(node.events).contains("Unhealthy: Readiness probe failed: starting");

        failing.clear();
        node.advance(seconds(10));
        assertThat(node.pod("web").isReady()).isTrue();

        failing.put("ready", "busy");
        node.advance(seconds(20));
        assertThat(node.pod("web").isReady()).as("two failures").isTrue();
        node.advance(seconds(10));
        assertThat(node.pod("web").isReady()).as("three failures").isFalse();
        assertThat(node.container("web", "app").restartCount()).isZero();
        assertThat(node.history("web"))
                .as("written only when something changes")
                .hasSize(4);
    }

    @Test
    void restartsAContainerThatIsNotAlive() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(container("app", c -> c.livenessProbe(probe("alive"))))));
        failing.put("alive", "dead");

        node.advance(seconds(29));
        assertThat(node.container("web", "app").restartCount()).isZero();
        failing.remove("alive");
        node.advance(seconds(5));
        failing.put("alive", "dead");
        node.advance(seconds(25));
        assertThat(node.container("web", "app").restartCount()).isZero();
        node.advance(seconds(1));

        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(count("Unhealthy: Liveness probe failed: dead")).isGreaterThanOrEqualTo(3);
        assertThat(node.events).contains("Killing: Container app failed liveness probe, will be restarted");
    }

    @Test
    void usesTheProbesOwnGracePeriod() throws InterruptedException {
        node.driver.image("app:1").ignoringStop();
        failing.put("alive", "dead");
        node.create(
                "web",
                spec -> spec.containers(List.of(container(
                        "app",
                        c -> c.livenessProbe(
                                probe("alive", p -> p.failureThreshold(1).terminationGracePeriodSeconds(7L)))))));

        assertThat(node.driver.calls()).anyMatch(call -> call.startsWith("stopContainer") && call.endsWith(" 7s"));
    }

    @Test
    void holdsOtherProbesBackUntilTheContainerHasStarted() throws InterruptedException {
        failing.put("started", "not yet");
        node.create(
                "web",
                spec -> spec.containers(List.of(container(
                        "app",
                        c -> c.startupProbe(
                                        probe("started", p -> p.periodSeconds(1).failureThreshold(30)))
                                .readinessProbe(probe("ready"))
                                .livenessProbe(probe("alive"))))));
        node.advance(seconds(20));
        assertThat(execs("ready")).isZero();
        assertThat(execs("alive")).isZero();
        assertThat(node.container("web", "app").started()).isFalse();
        assertThat(node.pod("web").isReady()).isFalse();

        failing.clear();
        node.advance(seconds(1));

        assertThat(node.container("web", "app").started()).isTrue();
        assertThat(node.pod("web").isReady()).isTrue();
        long started = execs("started");
        node.advance(seconds(60));
        assertThat(execs("started")).as("asked no more").isEqualTo(started);
    }

    @Test
    void restartsAContainerThatDoesNotStartInTime() throws InterruptedException {
        failing.put("started", "not yet");
        node.create(
                "web",
                spec -> spec.containers(List.of(container(
                        "app",
                        c -> c.startupProbe(
                                probe("started", p -> p.periodSeconds(1).failureThreshold(5)))))));

        node.advance(seconds(4));

        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(node.events).contains("Killing: Container app failed startup probe, will be restarted");
    }

    @Test
    void waitsForTheInitialDelay() throws InterruptedException {
        node.create(
                "web",
                spec -> spec.containers(List.of(container(
                        "app", c -> c.readinessProbe(probe("ready", p -> p.initialDelaySeconds(15)))))));

        node.advance(seconds(14));
        assertThat(execs("ready")).isZero();
        node.advance(seconds(1));
        assertThat(node.pod("web").isReady()).isTrue();
    }

    @Test
    void needsAsManySuccessesAsTheThresholdSays() throws InterruptedException {
        node.create(
                "web",
                spec -> spec.containers(List.of(container(
                        "app", c -> c.readinessProbe(probe("ready", p -> p.successThreshold(3)))))));

        node.advance(seconds(19));
        assertThat(node.pod("web").isReady()).isFalse();
        node.advance(seconds(1));
        assertThat(node.pod("web").isReady()).isTrue();
    }

    @Test
    void probesAsOftenAsAnAnnotationSays() throws InterruptedException {
        failing.put("ready", "no");
        node.create(
                "web",
                spec -> spec.containers(List.of(container("app", c -> c.readinessProbe(probe("ready"))))),
                meta -> meta.annotations(Map.of("probe.orchestrator.dev/app.readiness.period", "PT0.5S")));

        node.advance(seconds(5));

        assertThat(execs("ready")).isEqualTo(11);
    }

    @Test
    void probesOfManyPodsAreSpreadAndStillShareTheirMoments() throws InterruptedException {
        node.close();
        double[] spread = {0.371_234, 0.372_345};
        var turn = new AtomicInteger();
        node = new TestNode(
                        KubeletOptions.standard().withProbeSpread(() -> spread[turn.getAndIncrement() % spread.length]))
                .start();
        Instant begin = node.clock.instant();
        List<Duration> runs = new CopyOnWriteArrayList<>();
        node.driver.exec((container, command) -> {
            runs.add(Duration.between(begin, node.clock.instant()));
            return new ExecResult(0, "fine", "");
        });

        node.create("one", spec -> spec.containers(List.of(container("app", c -> c.readinessProbe(probe("a"))))));
        node.create("two", spec -> spec.containers(List.of(container("app", c -> c.readinessProbe(probe("b"))))));
        node.advance(seconds(25));

        assertThat(runs)
                .map(Duration::toMillis)
                .containsExactly(0L, 0L, 3800L, 3800L, 13_800L, 13_800L, 23_800L, 23_800L);
    }

    @Test
    void asksOnlyForReadinessWhileThePodEnds() throws InterruptedException {
        node.driver.image("app:1").ignoringStop();
        node.create(
                "web",
                spec -> spec.containers(List.of(container(
                        "app",
                        c -> c.readinessProbe(probe("ready", p -> p.failureThreshold(1)))
                                .livenessProbe(probe("alive"))))));
        node.delete("web", 100L);
        long alive = execs("alive");
        failing.put("ready", "draining");

        node.advance(seconds(30));

        assertThat(execs("alive")).isEqualTo(alive);
        assertThat(node.pod("web").isReady()).isFalse();
    }

    @Test
    void beginsAfreshWithARestartedContainer() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(container("app", c -> c.readinessProbe(probe("ready"))))));
        assertThat(node.pod("web").isReady()).isTrue();
        failing.put("ready", "warming up");

        node.driver.kill("web", "app", 1);
        node.clock.settle();

        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(node.pod("web").isReady()).isFalse();
    }

    @Test
    void startsWhatFollowsASidecarOnlyWhenItHasStarted() throws InterruptedException {
        failing.put("started", "not yet");
        node.create(
                "web",
                spec -> spec.initContainers(List.of(container(
                                "proxy",
                                c -> c.restartPolicy("Always")
                                        .startupProbe(probe(
                                                "started",
                                                p -> p.periodSeconds(1).failureThreshold(99))))))
                        .containers(List.of(container("app"))));
        node.advance(seconds(10));
        assertThat(node.phase("web")).isEqualTo("Pending");
        assertThat(node.state("web", "proxy")).isEqualTo("running");
        assertThat(node.state("web", "app")).isEqualTo("PodInitializing");

        failing.clear();
        node.advance(seconds(1));

        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.pod("web").isReady()).isTrue();
    }
}
