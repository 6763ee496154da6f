package dev.orchestrator.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.api.model.core.ResourceRequirementsBuilder;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerSpec.MountSpec;
import dev.orchestrator.spi.ContainerState.Phase;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.SandboxId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What the SPI says of the life of containers. */
abstract class ContainerTck extends SandboxTck {

    private static final ResourceRequirements MORE = ResourceRequirementsBuilder.builder()
            .limits(Map.of("cpu", Quantity.parse("500m"), "memory", Quantity.parse("64Mi")))
            .build();

    @Test
    void createsAContainerWithoutStartingIt() throws InterruptedException {
        SandboxId sandbox = sandbox().id();
        ContainerId id = create(sandbox, spec(runsUntilStopped()));

        var created = state(id);

        assertThat(created.phase()).isEqualTo(Phase.CREATED);
        assertThat(created.name()).isEqualTo("app");
        assertThat(created.image()).isEqualTo(runsUntilStopped().image());
        assertThat(created.imageId()).isNotEmpty();
        assertThat(created.startedAt()).isNull();
        assertThat(created.finishedAt()).isNull();
    }

    @Test
    void creatingAContainerAgainReturnsTheOneThatExists() throws InterruptedException {
        SandboxId sandbox = sandbox().id();
        ContainerId first = create(sandbox, spec(runsUntilStopped()));

        assertThat(create(sandbox, spec(runsUntilStopped()))).isEqualTo(first);
        assertThat(create(sandbox, spec("app", 1, runsUntilStopped(), List.of())))
                .isNotEqualTo(first);
    }

    @Test
    void refusesAContainerInAnUnknownSandbox() throws InterruptedException {
        ensure(runsUntilStopped().image());

        assertFails(Reason.NOT_FOUND, () -> driver().createContainer(NO_SANDBOX, spec(runsUntilStopped())));
    }

    @Test
    void refusesAContainerWhoseImageIsNotPresent() throws InterruptedException {
        SandboxId sandbox = sandbox().id();

        assertFails(Reason.IMAGE_NOT_FOUND, () -> driver().createContainer(sandbox, spec(Workload.of(missingImage()))));
    }

    @Test
    void startsAContainerOnceHoweverOftenItIsAsked() throws InterruptedException {
        ContainerId id = create(sandbox().id(), spec(runsUntilStopped()));

        driver().startContainer(id);
        var running = state(id);
        driver().startContainer(id);

        assertThat(running.phase()).isEqualTo(Phase.RUNNING);
        assertThat(running.startedAt()).isNotNull().isAfterOrEqualTo(running.createdAt());
        assertThat(state(id)).isEqualTo(running);
    }

    @Test
    void startingAnEndedContainerDoesNothing() throws InterruptedException {
        ContainerId id = run(exits(0));
        var ended = ended(id);

        driver().startContainer(id);

        assertThat(state(id)).isEqualTo(ended);
    }

    @Test
    void refusesToStartAnUnknownContainer() {
        assertFails(Reason.NOT_FOUND, () -> driver().startContainer(NO_CONTAINER));
    }

    @Test
    void aContainerThatCanNotStartHasEndedAndSaysWhy() throws InterruptedException {
        ContainerId id = create(sandbox().id(), spec(canNotStart()));

        DriverException refused = catchThrowableOfType(DriverException.class, () -> driver().startContainer(id));

        assertThat(refused.reason()).isEqualTo(Reason.START_REJECTED);
        assertThat(state(id).phase()).isEqualTo(Phase.EXITED);
        assertThat(state(id).exitCode()).isNotZero();
        assertThat(state(id).message()).isNotEmpty();
    }

    @Test
    void keepsTheExitCodeOfAContainer() throws InterruptedException {
        for (int code : List.of(0, 3, 255)) {
            var ended = ended(run(exits(code)));

            assertThat(ended.phase()).isEqualTo(Phase.EXITED);
            assertThat(ended.exitCode()).isEqualTo(code);
            assertThat(ended.outOfMemory()).isFalse();
            assertThat(ended.finishedAt()).isNotNull().isAfterOrEqualTo(ended.startedAt());
        }
    }

    @Test
    void keepsTheTerminationMessage() throws InterruptedException {
        var ended = ended(run(writesTerminationMessage("out of coffee")));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.message()).isEqualTo("out of coffee");
    }

    @Test
    void mountsADirectoryOfTheHost(@TempDir Path volume) throws InterruptedException, IOException {
        Files.writeString(volume.resolve("in"), "content");
        var mount = new MountSpec(volume, "/data", false);
        ContainerId id = start(sandbox().id(), spec("app", 0, copiesFile(), List.of(mount)));

        assertThat(ended(id).exitCode()).isZero();
        assertThat(volume.resolve("out")).hasContent("content");
    }

    @Test
    void otherResourcesLeaveTheProcessRunning() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());
        var started = state(id).startedAt();

        try {
            driver().updateContainer(id, MORE);
        } catch (DriverException e) {
            assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED);
        }

        assertThat(state(id).phase()).isEqualTo(Phase.RUNNING);
        assertThat(state(id).startedAt()).isEqualTo(started);
    }

    @Test
    void givesNoResourcesToAContainerThatHasEnded() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());
        driver().stopContainer(id, Duration.ZERO);

        var refusal = catchThrowableOfType(DriverException.class, () -> driver().updateContainer(id, MORE));

        assertThat(refusal.reason()).isIn(Reason.NOT_FOUND, Reason.UNSUPPORTED);
    }

    @Test
    void stoppingAsksTheProcessAndReturnsWhenItHasEnded() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());

        driver().stopContainer(id, GRACE);

        assertThat(state(id).phase()).isEqualTo(Phase.EXITED);
        assertThat(state(id).exitCode()).isIn(0, 143);
    }

    @Test
    void stoppingKillsAfterTheGracePeriod() throws InterruptedException {
        ContainerId id = runIgnoringStop();
        long start = System.nanoTime();

        driver().stopContainer(id, Duration.ofSeconds(1));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(900), GRACE);
        assertThat(state(id).phase()).isEqualTo(Phase.EXITED);
        assertThat(state(id).exitCode()).isEqualTo(137);
        assertThat(state(id).outOfMemory()).isFalse();
    }

    @Test
    void stoppingWithoutGraceKillsAtOnce() throws InterruptedException {
        ContainerId id = runIgnoringStop();

        driver().stopContainer(id, Duration.ZERO);

        assertThat(state(id).exitCode()).isEqualTo(137);
    }

    @Test
    void aShorterStopOvertakesALongerOne() throws InterruptedException {
        ContainerId id = runIgnoringStop();
        Thread patient = inBackground(() -> driver().stopContainer(id, Duration.ofMinutes(10)));

        driver().stopContainer(id, Duration.ofMillis(100));

        patient.join();
        assertThat(state(id).exitCode()).isEqualTo(137);
    }

    @Test
    void anInterruptedStopReturns() throws InterruptedException {
        ContainerId id = runIgnoringStop();
        var thrown = new AtomicReference<@Nullable Exception>();
        Thread stopper = Thread.ofVirtual().start(() -> {
            try {
                driver().stopContainer(id, Duration.ofMinutes(10));
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });

        stopper.interrupt();
        stopper.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void stoppingWhatDoesNotRunDoesNothing() throws InterruptedException {
        ContainerId created = create(sandbox().id(), spec(runsUntilStopped()));
        ContainerId ended = run(exits(3));
        ended(ended);

        driver().stopContainer(created, GRACE);
        driver().stopContainer(ended, GRACE);
        driver().stopContainer(NO_CONTAINER, GRACE);

        assertThat(state(created).phase()).isEqualTo(Phase.CREATED);
        assertThat(state(ended).exitCode()).isEqualTo(3);
    }

    @Test
    void removingAContainerKillsItFirst() throws InterruptedException {
        SandboxId sandbox = sandbox().id();
        ContainerId id = start(sandbox, spec(ignoresStop()));

        driver().removeContainer(id);

        assertThat(driver().container(id)).isEmpty();
        assertThat(driver().sandbox(sandbox).orElseThrow().containers()).isEmpty();
        assertFails(Reason.NOT_FOUND, () -> driver().logs(id, LogQuery.all()));
        driver().removeContainer(id);
        driver().removeContainer(NO_CONTAINER);
    }

    @Test
    void theOtherContainersOfAPodLiveOn() throws InterruptedException {
        SandboxId sandbox = sandbox().id();
        ContainerId one = start(sandbox, spec("one", 0, runsUntilStopped(), List.of()));
        ContainerId two = start(sandbox, spec("two", 0, runsUntilStopped(), List.of()));

        driver().stopContainer(one, GRACE);

        assertThat(state(two).phase()).isEqualTo(Phase.RUNNING);
        assertThat(driver().sandbox(sandbox).orElseThrow().ready()).isTrue();
    }

    /** Something that may be interrupted. */
    interface Interruptible {
        void run() throws InterruptedException;
    }

    static Thread inBackground(Interruptible task) {
        return Thread.ofVirtual().start(() -> {
            try {
                task.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
