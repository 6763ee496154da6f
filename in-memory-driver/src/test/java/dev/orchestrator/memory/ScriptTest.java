package dev.orchestrator.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState.Phase;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class ScriptTest {

    private final ManualClock clock = new ManualClock();
    private DriverFixture fixture;
    private InMemoryDriver driver;

    @BeforeEach
    void start() throws InterruptedException {
        driver = new InMemoryDriver();
        fixture = new DriverFixture(driver, clock);
        clock.workStarted(); // the test's calls are the work of their caller
    }

    @AfterEach
    void stop() {
        clock.workFinished();
        fixture.close();
    }

    private void advance(Duration duration) throws InterruptedException {
        clock.workFinished();
        clock.advance(duration);
        clock.workStarted();
    }

    private Instant after(Duration duration) {
        return Instant.parse("2026-01-01T00:00:00Z").plus(duration);
    }

    @Test
    void runsForAWhileAndExitsWithItsCode() throws InterruptedException {
        ContainerId id =
                fixture.run("batch", ContainerScript.runFor(Duration.ofHours(5)).exitCode(3));

        advance(Duration.ofHours(5).minusNanos(1));
        assertThat(fixture.state(id).phase()).isEqualTo(Phase.RUNNING);
        advance(Duration.ofNanos(1));

        var state = fixture.state(id);
        assertThat(state.phase()).isEqualTo(Phase.EXITED);
        assertThat(state.exitCode()).isEqualTo(3);
        assertThat(state.finishedAt()).isEqualTo(after(Duration.ofHours(5)));
    }

    @Test
    void isKilledForItsMemory() throws InterruptedException {
        ContainerId id = fixture.run(
                "leaky", ContainerScript.runFor(Duration.ofMinutes(1)).outOfMemory());

        advance(Duration.ofMinutes(1));

        assertThat(fixture.state(id).outOfMemory()).isTrue();
        assertThat(fixture.state(id).exitCode()).isEqualTo(137);
    }

    @Test
    void behavesDifferentlyAfterRestarts() throws InterruptedException {
        driver.image(
                "flaky:1",
                ContainerScript.exits(1).times(2).then(ContainerScript.exits(7)).then(ContainerScript.runs()));
        var sandbox = fixture.sandbox("flaky").id();
        var codes = new java.util.ArrayList<Integer>();
        for (int attempt = 0; attempt < 5; attempt++) {
            ContainerId id = fixture.start(sandbox, DriverFixture.spec("app", "flaky:1", attempt, List.of()));
            advance(Duration.ZERO);
            var state = fixture.state(id);
            codes.add(state.phase() == Phase.RUNNING ? -1 : state.exitCode());
        }

        assertThat(codes).containsExactly(1, 1, 7, -1, -1);
    }

    @Test
    void ignoresARequestToStopUntilItIsKilled() throws InterruptedException {
        ContainerId id = fixture.run("stubborn", ContainerScript.runs().ignoreSigterm());
        var stopper = stopInBackground(id, Duration.ofSeconds(30));

        advance(Duration.ofSeconds(29));
        assertThat(fixture.state(id).phase()).isEqualTo(Phase.RUNNING);
        advance(Duration.ofSeconds(1));

        stopper.join();
        assertThat(fixture.state(id).exitCode()).isEqualTo(137);
        assertThat(fixture.state(id).finishedAt()).isEqualTo(after(Duration.ofSeconds(30)));
    }

    @Test
    void takesItsTimeToStop() throws InterruptedException {
        ContainerId id = fixture.run("slow", ContainerScript.runs().stopTakes(Duration.ofSeconds(5)));
        var stopper = stopInBackground(id, Duration.ofSeconds(30));

        advance(Duration.ofSeconds(10));

        stopper.join();
        assertThat(fixture.state(id).exitCode()).isZero();
        assertThat(fixture.state(id).finishedAt()).isEqualTo(after(Duration.ofSeconds(5)));
    }

    @Test
    void aSecondShorterStopOvertakesTheFirst() throws InterruptedException {
        ContainerId id = fixture.run("stubborn", ContainerScript.runs().ignoreSigterm());
        var first = stopInBackground(id, Duration.ofSeconds(30));
        var second = stopInBackground(id, Duration.ofSeconds(2));

        advance(Duration.ofSeconds(2));

        first.join();
        second.join();
        assertThat(fixture.state(id).finishedAt()).isEqualTo(after(Duration.ofSeconds(2)));
    }

    @Test
    void doesNotStart() throws InterruptedException {
        driver.image("bad:1", ContainerScript.startError("exec: \"nope\": executable file not found in $PATH"));
        ContainerId id = fixture.create(fixture.sandbox("bad").id(), DriverFixture.spec("bad:1"));

        assertThatThrownBy(() -> driver.startContainer(id))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.reason()).isEqualTo(Reason.START_REJECTED));
        assertThat(fixture.state(id).phase()).isEqualTo(Phase.EXITED);
        assertThat(fixture.state(id).exitCode()).isEqualTo(128);
        assertThat(fixture.state(id).message()).contains("executable file not found");
    }

    @Test
    void canNotBeMade() {
        driver.image("bad:1", ContainerScript.createError("no such device"));

        assertThatThrownBy(() -> fixture.create(fixture.sandbox("bad").id(), DriverFixture.spec("bad:1")))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CREATE_REJECTED));
    }

    @Test
    void writesLinesAtTheirTimes() throws InterruptedException {
        ContainerId id = fixture.run(
                "talker", ContainerScript.runs().prints("hello").printsEvery(Duration.ofSeconds(10), "tick"));

        advance(Duration.ofSeconds(25));

        assertThat(fixture.log(id)).containsExactly("hello", "tick", "tick", "tick");
    }

    @Test
    void usesWhatAnIdleProcessUsesUntilItSaysOtherwise() throws InterruptedException {
        ContainerId id = fixture.run("idle", ContainerScript.runs());
        advance(Duration.ofSeconds(8));

        assertThat(driver.stats(id).cpuTime()).isZero();
        assertThat(driver.stats(id).memoryBytes()).isEqualTo(1L << 20);
    }

    @Test
    void saysWhatItUses() throws InterruptedException {
        ContainerId id = fixture.run("busy", ContainerScript.runs().uses("250m", "64Mi"));
        advance(Duration.ofSeconds(8));

        assertThat(driver.stats(id).cpuTime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(driver.stats(id).memoryBytes()).isEqualTo(64L << 20);
        driver.container("busy", "app").uses("1", "1Gi");
        advance(Duration.ofSeconds(8));
        assertThat(driver.stats(id).cpuTime()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void healthFollowsItsPhases() {
        var warmUp = ContainerScript.unhealthyFor(Duration.ofSeconds(10));
        assertThat(warmUp.isHealthyAfter(Duration.ofSeconds(9))).isFalse();
        assertThat(warmUp.isHealthyAfter(Duration.ofSeconds(10))).isTrue();

        var sick = ContainerScript.healthyFor(Duration.ofSeconds(30))
                .thenUnhealthyFor(Duration.ofSeconds(5))
                .thenHealthy();
        assertThat(sick.isHealthyAfter(Duration.ofSeconds(29))).isTrue();
        assertThat(sick.isHealthyAfter(Duration.ofSeconds(30))).isFalse();
        assertThat(sick.isHealthyAfter(Duration.ofSeconds(35))).isTrue();
        assertThat(ContainerScript.healthyFor(Duration.ofSeconds(1)).isHealthyAfter(Duration.ofSeconds(1)))
                .isFalse();
        assertThat(ContainerScript.runs().isHealthyAfter(Duration.ofDays(1))).isTrue();
    }

    @Test
    void aSleepingProgramRunsOnWhenTheTimeMoves() throws InterruptedException {
        ContainerId id = fixture.run("sleeper", context -> {
            for (int hour = 1; hour <= 24; hour++) {
                context.sleep(Duration.ofHours(1));
                context.out().println(hour + " " + context.time().instant());
            }
            return 0;
        });

        advance(Duration.ofDays(1));

        assertThat(fixture.state(id).phase()).isEqualTo(Phase.EXITED);
        assertThat(fixture.log(id)).hasSize(24).last().isEqualTo("24 2026-01-02T00:00:00Z");
    }

    @Test
    void pullingTakesAsLongAsSaid() throws InterruptedException {
        driver.pullDelay(Duration.ofSeconds(3));
        clock.workStarted();
        Thread puller = Thread.ofVirtual().start(() -> {
            try {
                driver.pullImage(new dev.orchestrator.spi.ImagePull("node-1", "app:1", List.of(), text -> {}));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                clock.workFinished();
            }
        });
        advance(Duration.ofSeconds(2));
        assertThat(driver.image("node-1", "app:1")).isEmpty();

        advance(Duration.ofSeconds(1));

        puller.join();
        assertThat(driver.image("node-1", "app:1")).isPresent();
    }

    private Thread stopInBackground(ContainerId id, Duration grace) {
        clock.workStarted();
        return Thread.ofVirtual().start(() -> {
            try {
                driver.stopContainer(id, grace);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                clock.workFinished();
            }
        });
    }
}
