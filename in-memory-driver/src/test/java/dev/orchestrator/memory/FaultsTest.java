package dev.orchestrator.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.orchestrator.api.SystemTime;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState.Phase;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.DriverListener;
import dev.orchestrator.spi.NodeDescription;
import dev.orchestrator.spi.SandboxId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class FaultsTest {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private SystemTime time;
    private DriverFixture fixture;
    private InMemoryDriver driver;

    @BeforeEach
    void start() throws InterruptedException {
        time = new SystemTime();
        driver = InMemoryDriver.builder()
                .nodes(1)
                .node("other", node -> node.cpu("8").memory("32Gi").pods(110).label("zone", "a"))
                .build();
        fixture = new DriverFixture(driver, time);
    }

    @AfterEach
    void stop() {
        fixture.close();
        time.close();
    }

    private static void assertFails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static final class Recorder implements DriverListener {

        private final List<String> seen = new ArrayList<>();

        @Override
        public void podChanged(String podUid) {
            seen.add(podUid);
        }

        @Override
        public void nodesChanged() {
            seen.add("nodes");
        }

        @Override
        public void eventsLost() {
            seen.add("lost");
        }
    }

    @Test
    void theNextCallsOfAnOperationFail() throws InterruptedException {
        driver.faults().on(Operation.START_CONTAINER).times(2).fail(Reason.UNAVAILABLE, "no answer");
        ContainerId id = fixture.create(fixture.sandbox("web").id(), DriverFixture.spec("app:1"));

        assertFails(Reason.UNAVAILABLE, () -> driver.startContainer(id));
        assertFails(Reason.UNAVAILABLE, () -> driver.startContainer(id));
        driver.startContainer(id);

        assertThat(fixture.state(id).phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void onlyCallsAboutOnePodFail() throws InterruptedException {
        driver.faults().on(Operation.RUN_SANDBOX).ofPod("web").always().fail(Reason.CREATE_REJECTED, "no");

        assertFails(Reason.CREATE_REJECTED, () -> fixture.sandbox("web"));
        assertThat(fixture.sandbox("db").ready()).isTrue();
        driver.faults().clear();
        assertThat(fixture.sandbox("web").ready()).isTrue();
    }

    @Test
    void aHangingCallGoesOnWhenTheFaultIsCleared() throws InterruptedException {
        var fault = driver.faults().on(Operation.RUN_SANDBOX).hang();
        var done = new CountDownLatch(1);
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                fixture.sandbox("web");
                done.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(caller.join(Duration.ofMillis(20))).isFalse();
        fault.clear();

        done.await();
    }

    @Test
    void aHangingCallCanBeInterrupted() throws InterruptedException {
        driver.faults().on(Operation.RUN_SANDBOX).hang();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                fixture.sandbox("web");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        caller.interrupt();
        caller.join();

        assertThat(driver.sandboxes()).isEmpty();
    }

    @Test
    void eventsGetLost() throws InterruptedException {
        var recorder = new Recorder();
        driver.subscribe(recorder);
        driver.faults().loseEvents();
        fixture.start(fixture.sandbox("web").id(), DriverFixture.spec("app:1"));
        assertThat(recorder.seen).isEmpty();

        driver.faults().reconnectEvents();
        driver.container("web", "app").kill();

        assertThat(recorder.seen).containsExactly("lost", "uid-web");
    }

    @Test
    void aContainerEndsAsItIsTold() throws InterruptedException {
        SandboxId sandbox = fixture.sandbox("web").id();
        var control = driver.container("web", "app");

        var first = fixture.start(sandbox, DriverFixture.spec("app", "app:1", 0, List.of()));
        control.exit(7);
        var second = fixture.start(sandbox, DriverFixture.spec("app", "app:1", 1, List.of()));
        control.outOfMemory();
        var third = fixture.start(sandbox, DriverFixture.spec("app", "app:1", 2, List.of()));
        control.signal("TERM");

        assertThat(fixture.state(first).exitCode()).isEqualTo(7);
        assertThat(fixture.state(second).exitCode()).isEqualTo(137);
        assertThat(fixture.state(second).outOfMemory()).isTrue();
        assertThat(fixture.state(third).exitCode()).isZero();
        assertThatThrownBy(() -> driver.container("nobody", "app").kill()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPausedContainerEndsWhenItGoesOn() throws InterruptedException {
        ContainerId id = fixture.start(fixture.sandbox("web").id(), DriverFixture.spec("app:1"));
        var control = driver.container("default/web", "app");
        control.pause();
        control.signal("SIGTERM");
        assertThat(control.isRunning()).isTrue();

        control.resume();

        assertThat(fixture.state(id).exitCode()).isZero();
        assertThat(control.isRunning()).isFalse();
    }

    @Test
    void aPausedContainerIsKilledAfterTheGracePeriod() throws InterruptedException {
        ContainerId id = fixture.start(fixture.sandbox("web").id(), DriverFixture.spec("app:1"));
        driver.container("web", "app").pause();

        driver.stopContainer(id, Duration.ofMillis(20));

        assertThat(fixture.state(id).exitCode()).isEqualTo(137);
    }

    @Test
    void whatRanOnANodeThatWentDownIsDeadWhenItIsBack() throws InterruptedException {
        var recorder = new Recorder();
        SandboxId sandbox = fixture.sandbox("web").id();
        ContainerId id = fixture.start(sandbox, DriverFixture.spec("app:1"));
        driver.subscribe(recorder);

        driver.node("node-1").down();

        assertThat(driver.nodes()).extracting(NodeDescription::ready).containsExactly(false, true);
        assertThat(fixture.state(id).phase()).isEqualTo(Phase.UNKNOWN);
        assertFails(Reason.NODE_DOWN, () -> fixture.sandbox("another"));
        assertFails(Reason.NODE_DOWN, () -> driver.stopContainer(id, GRACE));
        assertFails(Reason.NODE_DOWN, () -> driver.removeSandbox(sandbox));
        assertThat(recorder.seen).contains("nodes");

        driver.node("node-1").up();

        assertThat(fixture.state(id).phase()).isEqualTo(Phase.EXITED);
        assertThat(fixture.state(id).exitCode()).isEqualTo(137);
        assertThat(driver.sandbox(sandbox).orElseThrow().ready()).isFalse();
        driver.removeSandbox(sandbox);
    }

    @Test
    void whatRanOnAPartitionedNodeRunsOn() throws InterruptedException {
        ContainerId id = fixture.start(fixture.sandbox("web").id(), DriverFixture.spec("app:1"));

        driver.node("node-1").partition();
        assertThat(fixture.state(id).phase()).isEqualTo(Phase.UNKNOWN);
        assertFails(Reason.NODE_DOWN, () -> driver.exec(id, List.of("true"), GRACE));
        driver.node("node-1").up();

        assertThat(fixture.state(id).phase()).isEqualTo(Phase.RUNNING);
        assertThat(driver.exec(id, List.of("true"), GRACE).exitCode()).isZero();
    }

    @Test
    void nodesComeAndGo() throws InterruptedException {
        fixture.start(fixture.sandbox("web").id(), DriverFixture.spec("app:1"));

        driver.node("node-1").remove();
        driver.addNode("third", node -> node.resource("example.com/gpu", "4"));

        assertThat(driver.sandboxes()).isEmpty();
        assertThat(driver.nodes()).extracting(NodeDescription::name).containsExactly("other", "third");
        assertThat(driver.nodes().get(0).labels()).containsEntry("zone", "a");
        assertThat(driver.nodes().get(1).capacity()).containsKey("example.com/gpu");
        assertThat(driver.nodes()).extracting(NodeDescription::internalIp).doesNotHaveDuplicates();
        assertFails(Reason.NODE_DOWN, () -> fixture.sandbox("web"));
        assertThatThrownBy(() -> driver.node("node-1")).isInstanceOf(IllegalArgumentException.class);
    }
}
