package dev.orchestrator.docker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ExecRequest;
import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.LogStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.api.draft.Drafts.pod;
import static org.assertj.core.api.Assertions.assertThat;

/** What engines and their clients are known to do, each with the test that says that we are not harmed. */
@Tag("docker")
@Timeout(120)
class DockerFactsIT {

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

    private interface InPod {
        void run(DockerDriver driver, ContainerId container) throws Exception;
    }

    private static void inPod(String script, InPod test) throws Exception {
        var driver = new DockerDriver();
        try (var cluster = Orchestrator.start(driver)) {
            cluster.apply(pod("facts")
                    .container("app", c -> c.image(TestEngine.BUSYBOX).command("sh", "-c", script)));
            cluster.pods().named("facts").awaitReady(PATIENCE);
            test.run(
                    driver,
                    driver.sandboxes().getFirst().containers().getFirst().id());
        }
        engine.assertNothingIsLeft();
    }

    /** docker-java's frames share one buffer and split lines and characters. */
    @Test
    void readsManyLinesByteForByte() throws Exception {
        String awk = "BEGIN { for (i = 0; i < 50000; i++) printf \"%d äöü€ %s\\n\", i, substr(s, 1, i % 200) }";
        inPod("awk -v s=" + "x".repeat(200) + " '" + awk + "'; echo end; sleep 3600 & wait", (driver, id) -> {
            int count = 0;
            try (LogStream log = driver.logs(id, new LogQuery(true, -1, null))) {
                for (var line = log.next(); line != null && !line.text().equals("end"); line = log.next()) {
                    assertThat(line.text()).isEqualTo(count + " äöü€ " + "x".repeat(count % 200));
                    count++;
                }
            }
            assertThat(count).isEqualTo(50_000);
        });
    }

    @Test
    void readsALineOfExactlyOneBuffer() throws Exception {
        String line = "y".repeat(1024);
        inPod("echo " + line + "; echo " + line + "; sleep 3600 & wait", (driver, id) -> {
            try (LogStream log = driver.logs(id, new LogQuery(true, -1, null))) {
                for (int i = 0; i < 2; i++) {
                    assertThat(log.next()).isNotNull().extracting(LogLine::text).isEqualTo(line);
                }
            }
        });
    }

    /** A command that was given an input ends although nobody ends the input, or reads its output to the end. */
    @Test
    void aCommandEndsAlthoughItsInputDoesNot() throws Exception {
        inPod("sleep 3600 & wait", (driver, id) -> {
            try (var session = driver.openExec(id, new ExecRequest(List.of("sh", "-c", "exit 7"), true, false))) {
                assertThat(session.awaitExit()).isEqualTo(7);
            }
            try (var session = driver.openExec(id, new ExecRequest(List.of("cat"), true, false))) {
                session.stdin().write("finite".getBytes(StandardCharsets.UTF_8));
                session.stdin().close();

                assertThat(session.awaitExit()).isZero();
                assertThat(session.stdout().readAllBytes())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("finite");
            }
        });
    }

    /** Each stream of docker-java holds a platform thread. */
    @Test
    void followedLogsHoldNoPlatformThreads() throws Exception {
        inPod("sleep 3600 & wait", (driver, id) -> {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            var logs = new ArrayList<LogStream>();
            var readers = new ArrayList<Thread>();
            for (int i = 0; i < 100; i++) {
                LogStream log = driver.logs(id, new LogQuery(true, -1, null));
                logs.add(log);
                readers.add(Thread.ofVirtual().start(() -> readAll(log)));
            }

            assertThat(driver.exec(id, List.of("echo", "hello"), PATIENCE).stdout())
                    .isEqualTo("hello\n");
            // The JDK's own carriers and pollers come with the first virtual threads, however many these are.
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> !before.contains(thread))
                            .map(Thread::getName)
                            .collect(Collectors.toSet()))
                    .hasSizeLessThan(10);

            logs.forEach(LogStream::close);
            for (Thread reader : readers) {
                reader.join();
            }
        });
    }

    private static void readAll(LogStream log) {
        try {
            while (log.next() != null) {
                assertThat(log).isNotNull();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void removesWhatDeadOwnersLeftAndNothingElse() throws Exception {
        Owner self = Owner.ofThisProcess();
        var dead = new Owner(self.machine(), self.boot(), self.processes(), 999_999_999, "1");
        TerminationMessages.shared(true, dead, Optional.empty()).create();
        String deadNetwork = network("dead", dead);
        String aliveNetwork = network("alive", self);
        String deadContainer = container(deadNetwork, "dead", dead);
        String aliveContainer = container(aliveNetwork, "alive", self);
        try (var cluster = Orchestrator.start(new DockerDriver())) {
            assertThat(cluster.pods().list()).isEmpty();

            assertThat(engine.containers())
                    .extracting(Container::getId)
                    .contains(aliveContainer)
                    .doesNotContain(deadContainer);
            assertThat(engine.networks())
                    .extracting(Network::getId)
                    .contains(aliveNetwork)
                    .doesNotContain(deadNetwork);
        } finally {
            engine.call(docker ->
                    docker.removeContainerCmd(aliveContainer).withForce(true).exec());
            engine.call(docker -> docker.removeNetworkCmd(aliveNetwork).exec());
        }
        engine.assertNothingIsLeft();
    }

    private static String network(String name, Owner owner) throws InterruptedException {
        var labels = Map.of(Labels.INSTANCE, name, Labels.OWNER, owner.text());
        return PodNetwork.create(engine.engine(), "orchestrator-" + name, labels, new java.util.Random(7))
                .id();
    }

    private static String container(String network, String name, Owner owner) throws InterruptedException {
        String id = engine.call(docker -> docker.createContainerCmd(TestEngine.BUSYBOX)
                .withName("orchestrator-test-" + name)
                .withCmd("sleep", "3600")
                .withLabels(Map.of(Labels.INSTANCE, name, Labels.OWNER, owner.text()))
                .withHostConfig(com.github.dockerjava.api.model.HostConfig.newHostConfig()
                        .withNetworkMode(network))
                .exec()
                .getId());
        engine.call(docker -> docker.startContainerCmd(id).exec());
        return id;
    }

    /** The engine's own pools of addresses hold some thirty networks. */
    @Test
    void manyNetworksExhaustNoPool() throws Exception {
        var ids = new ArrayList<String>();
        try {
            for (int i = 0; i < 40; i++) {
                ids.add(PodNetwork.create(engine.engine(), "orchestrator-test-" + i, Map.of(), new java.util.Random(i))
                        .id());
            }
        } finally {
            for (String id : ids) {
                engine.call(docker -> docker.removeNetworkCmd(id).exec());
            }
        }
        assertThat(ids).hasSize(40).doesNotHaveDuplicates();
    }
}
