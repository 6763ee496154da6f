package dev.orchestrator.tck;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.orchestrator.spi.AttachRequest;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState.Phase;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.ExecRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the SPI says of commands, of attaching and of statistics. */
abstract class ProcessTck extends ContainerTck {

    private static final int MAX_OUTPUT = 1 << 20;

    @Test
    void executesACommandAndCollectsItsOutput() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());

        var greeted = driver().exec(id, List.of("echo", "hello", "wörld"), GRACE);
        var failed = driver().exec(id, List.of("cat", "/no/such/file"), GRACE);

        assertThat(greeted.exitCode()).isZero();
        assertThat(greeted.stdout()).isEqualTo("hello wörld\n");
        assertThat(greeted.stderr()).isEmpty();
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.stdout()).isEmpty();
        assertThat(failed.stderr()).contains("No such file or directory");
    }

    @Test
    void aCommandSeesTheEnvironmentOfItsContainer() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());

        assertThat(driver().exec(id, List.of("printenv", "COLOUR"), GRACE).stdout())
                .isEqualTo("blue\n");
    }

    @Test
    void executesCommandsAtTheSameTime() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());
        var threads = new java.util.ArrayList<Thread>();
        var greeted = new java.util.concurrent.ConcurrentLinkedQueue<String>();
        for (int i = 0; i < 10; i++) {
            String word = "word-" + i;
            threads.add(inBackground(() ->
                    greeted.add(driver().exec(id, List.of("echo", word), GRACE).stdout())));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(greeted).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void refusesACommandThatDoesNotExist() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());

        assertFails(Reason.EXEC_REJECTED, () -> driver().exec(id, List.of("no-such-command"), GRACE));
        assertFails(
                Reason.EXEC_REJECTED,
                () -> driver().openExec(id, new ExecRequest(List.of("no-such-command"), false, false)));
    }

    @Test
    void givesUpOnACommandThatTakesTooLong() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());
        long start = System.nanoTime();

        assertFails(Reason.TIMEOUT, () -> driver().exec(id, List.of("sleep", "600"), Duration.ofMillis(300)));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GRACE);
        assertThat(state(id).phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void refusesToExecuteWhereNothingRuns() throws InterruptedException {
        ContainerId created = create(sandbox().id(), spec(runsUntilStopped()));
        ContainerId ended = run(exits(0));
        ended(ended);

        for (ContainerId id : List.of(created, ended, NO_CONTAINER)) {
            assertFails(Reason.NOT_FOUND, () -> driver().exec(id, List.of("true"), GRACE));
            assertFails(Reason.NOT_FOUND, () -> driver().attach(id, new AttachRequest(false)));
            assertFails(Reason.NOT_FOUND, () -> driver().stats(id));
        }
    }

    @Test
    void theEndOfTheContainerEndsItsCommands() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());
        try (var session = driver().openExec(id, new ExecRequest(List.of("sleep", "600"), false, false))) {
            driver().stopContainer(id, Duration.ZERO);

            assertThat(session.awaitExit()).isEqualTo(137);
        }
    }

    @Test
    void anOpenCommandReadsAndWrites() throws InterruptedException, IOException {
        ContainerId id = run(runsUntilStopped());
        try (var session = driver().openExec(id, new ExecRequest(List.of("cat"), true, false))) {
            session.stdin().write("grüße\n".getBytes(StandardCharsets.UTF_8));
            session.stdin().flush();
            assertThat(reader(session.stdout()).readLine()).isEqualTo("grüße");
            session.stdin().close();

            assertThat(session.awaitExit()).isZero();
            assertThat(session.stdout().readAllBytes()).isEmpty();
            assertThat(session.stderr().readAllBytes()).isEmpty();
        }
    }

    @Test
    void anOpenCommandMovesManyBytes() throws InterruptedException, IOException {
        ContainerId id = run(runsUntilStopped());
        byte[] sent = new byte[2 * MAX_OUTPUT];
        new java.util.Random(7).nextBytes(sent);
        try (var session = driver().openExec(id, new ExecRequest(List.of("cat"), true, false))) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try (var stdin = session.stdin()) {
                    stdin.write(sent);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });

            assertThat(session.stdout().readAllBytes()).isEqualTo(sent);
            writer.join();
            assertThat(session.awaitExit()).isZero();
        }
    }

    @Test
    void closingAnOpenCommandKillsItAndNothingElse() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());
        var session = driver().openExec(id, new ExecRequest(List.of("sleep", "600"), false, false));

        session.close();

        assertThat(session.awaitExit()).isNotZero();
        assertThat(state(id).phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void attachingReadsAndWritesTheMainProcess() throws InterruptedException, IOException {
        ContainerId id = run(copiesInput());
        try (var session = driver().attach(id, new AttachRequest(true))) {
            session.stdin().write("ping\n".getBytes(StandardCharsets.UTF_8));
            session.stdin().flush();
            assertThat(reader(session.stdout()).readLine()).isEqualTo("ping");
            session.stdin().close();

            assertThat(session.awaitExit()).isZero();
        }
        assertThat(state(id).phase()).isEqualTo(Phase.EXITED);
    }

    @Test
    void detachingLeavesTheMainProcessRunning() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());
        driver().attach(id, new AttachRequest(false)).close();

        assertThat(state(id).phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void measuresWhatARunningContainerUses() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());

        var first = driver().stats(id);
        var second = driver().stats(id);

        assertThat(first.memoryBytes()).isNotNegative();
        assertThat(first.cpuTime()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(second.cpuTime()).isGreaterThanOrEqualTo(first.cpuTime());
        assertThat(second.time()).isAfterOrEqualTo(first.time());
    }

    private static BufferedReader reader(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8), 1);
    }
}
