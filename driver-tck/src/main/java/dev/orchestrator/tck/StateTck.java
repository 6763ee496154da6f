package dev.orchestrator.tck;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.orchestrator.spi.ContainerDriver;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.DriverState;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxSpec;
import dev.orchestrator.spi.SandboxState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a driver that works for a state leaves when its process ends, and who has it then. */
abstract class StateTck extends ServiceTck {

    private static final LogQuery ALL = new LogQuery(false, -1, null);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @TempDir
    private Path otherDirectory;

    private DriverState state() {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        return new DriverState(id, directory);
    }

    @Test
    void whatACrashLeavesIsTheNextDriversOfTheState() throws InterruptedException {
        driver().close();
        DriverState state = state();
        startWith(state);
        ContainerDriver first = driver();
        SandboxSpec spec = sandboxSpec(uid(), 3);
        SandboxId sandbox = first.runSandbox(spec).id();
        ContainerId writer = start(sandbox, spec("writer", 2, writes("one", "two"), List.of()));
        ended(writer);
        ContainerId server = start(sandbox, spec("app", 5, servesHttp("still here"), List.of()));
        InetSocketAddress address = address(sandbox);
        eventually("it answers", () -> answers(address, "still here"));
        SandboxState before = first.sandbox(sandbox).orElseThrow();

        crash(first);
        startWith(state);

        if (!outlivesItsProcess()) {
            assertThat(driver().sandboxes()).isEmpty();
            assertThat(answers(address, "still here")).isFalse();
            return;
        }
        assertThat(driver().sandboxes()).containsExactly(before);
        assertThat(texts(read(writer, ALL))).containsExactly("one", "two");
        eventually("it answers", () -> answers(address(sandbox), "still here"));
        assertThat(driver().exec(server, List.of("echo", "hello"), LIMIT).exitCode())
                .isZero();
        assertThat(driver().runSandbox(spec).id()).isEqualTo(sandbox);
        assertThat(driver().createContainer(sandbox, spec("app", 5, servesHttp("still here"), List.of())))
                .isEqualTo(server);
        start(sandbox, spec("another", 0, runsUntilStopped(), List.of()));
        driver().stopContainer(server, GRACE);
        driver().removeSandbox(sandbox);
        assertThat(driver().sandboxes()).isEmpty();
    }

    @Test
    void aStateIsNobodyElses() throws InterruptedException {
        driver().close();
        DriverState state = state();
        startWith(state);
        ContainerDriver first = driver();
        SandboxId sandbox = sandbox().id();
        ContainerId id = start(sandbox, spec(runsUntilStopped()));
        SandboxState before = first.sandbox(sandbox).orElseThrow();

        startWith(new DriverState(state().id(), otherDirectory));
        assertThat(driver().sandboxes()).isEmpty();
        assertThat(driver().container(id)).isEmpty();
        driver().close();

        assertThat(first.sandboxes()).containsExactly(before);
        first.close();
    }

    @Test
    void closingLeavesNothingOfAStateBehind() throws InterruptedException {
        driver().close();
        DriverState state = state();
        startWith(state);
        run(runsUntilStopped());
        crash(driver());
        startWith(state);
        run(runsUntilStopped());
        driver().close();

        startWith(state);

        assertThat(driver().sandboxes()).isEmpty();
    }
}
