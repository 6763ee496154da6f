package dev.orchestrator.tck;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.ContainerState.Phase;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.NodeDescription;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxState;
import dev.orchestrator.spi.TransportProtocol;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the SPI says of nodes, sandboxes and the addresses of their ports. */
abstract class SandboxTck extends DriverTckFixture {

    @Test
    void reportsNodesThatCanRunPods() {
        assertThat(driver().nodes()).isNotEmpty().allSatisfy(node -> {
            assertThat(node.ready()).isTrue();
            assertThat(node.capacity()).containsKeys("cpu", "memory", "pods");
            assertThat(node.internalIp()).isNotEmpty();
            assertThat(node.runtimeVersion()).contains("://");
        });
        assertThat(driver().nodes()).extracting(NodeDescription::name).doesNotHaveDuplicates();
    }

    @Test
    void runsASandboxWithAnAddressOfItsOwn() throws InterruptedException {
        String uid = uid();
        var sandbox = driver().runSandbox(sandboxSpec(uid, 0));
        var other = sandbox();

        assertThat(sandbox.ready()).isTrue();
        assertThat(sandbox.podUid()).isEqualTo(uid);
        assertThat(sandbox.node()).isEqualTo(node());
        assertThat(sandbox.namespace()).isEqualTo("default");
        assertThat(sandbox.containers()).isEmpty();
        assertThat(sandbox.ips()).isNotEmpty().doesNotContainAnyElementsOf(other.ips());
        assertThat(driver().sandbox(sandbox.id())).contains(sandbox);
    }

    @Test
    void runningASandboxAgainReturnsTheOneThatExists() throws InterruptedException {
        String uid = uid();
        var first = driver().runSandbox(sandboxSpec(uid, 0));
        var again = driver().runSandbox(sandboxSpec(uid, 0));
        var nextAttempt = driver().runSandbox(sandboxSpec(uid, 1));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(nextAttempt.id()).isNotEqualTo(first.id());
        assertThat(nextAttempt.attempt()).isEqualTo(1);
        assertThat(driver().sandboxes())
                .extracting(SandboxState::id)
                .containsExactlyInAnyOrder(first.id(), nextAttempt.id());
    }

    @Test
    void refusesASandboxOnANodeThatDoesNotExist() {
        assertFails(Reason.NODE_DOWN, () -> driver().runSandbox(sandboxSpec("no-such-node", uid(), 0)));
    }

    @Test
    void stoppingASandboxKillsItsContainersAndGivesItsAddressBack() throws InterruptedException {
        SandboxId sandbox = sandbox().id();
        ContainerId running = start(sandbox, spec(runsUntilStopped()));

        driver().stopSandbox(sandbox);

        var stopped = driver().sandbox(sandbox).orElseThrow();
        assertThat(stopped.ready()).isFalse();
        assertThat(stopped.ips()).isEmpty();
        assertThat(state(running).phase()).isEqualTo(Phase.EXITED);
        assertThat(driver().hostAddress(sandbox, HTTP_PORT, TransportProtocol.TCP))
                .isEmpty();
        assertFails(Reason.NOT_FOUND, () -> driver().createContainer(sandbox, spec(runsUntilStopped())));
        driver().stopSandbox(sandbox);
    }

    @Test
    void removingASandboxRemovesItsContainersAndTheirLogs() throws InterruptedException {
        SandboxId sandbox = sandbox().id();
        ContainerId running = start(sandbox, spec(runsUntilStopped()));

        driver().removeSandbox(sandbox);

        assertThat(driver().sandbox(sandbox)).isEmpty();
        assertThat(driver().sandboxes()).isEmpty();
        assertThat(driver().container(running)).isEmpty();
        assertFails(Reason.NOT_FOUND, () -> driver().logs(running, LogQuery.all()));
        driver().removeSandbox(sandbox);
    }

    @Test
    void stoppingAndRemovingAnUnknownSandboxDoesNothing() throws InterruptedException {
        driver().stopSandbox(NO_SANDBOX);
        driver().removeSandbox(NO_SANDBOX);

        assertThat(driver().sandbox(NO_SANDBOX)).isEmpty();
    }

    @Test
    void listsAllSandboxesWithTheirContainersInOrder() throws InterruptedException {
        SandboxId first = sandbox().id();
        SandboxId second = sandbox().id();
        start(first, spec("zebra", 0, runsUntilStopped(), List.of()));
        create(first, spec("app", 0, runsUntilStopped(), List.of()));
        create(first, spec("app", 1, runsUntilStopped(), List.of()));

        var all = driver().sandboxes();

        assertThat(all).extracting(SandboxState::id).containsExactlyInAnyOrder(first, second);
        var listed = all.stream()
                .filter(sandbox -> sandbox.id().equals(first))
                .findFirst()
                .orElseThrow();
        assertThat(listed.containers()).extracting(ContainerState::name).containsExactly("zebra", "app", "app");
        assertThat(listed.containers()).extracting(ContainerState::attempt).containsExactly(0, 0, 1);
        assertThat(listed.containers())
                .extracting(ContainerState::phase)
                .containsExactly(Phase.RUNNING, Phase.CREATED, Phase.CREATED);
    }

    @Test
    void theAddressOfAPortStaysTheSameForTheLifeOfTheSandbox() throws InterruptedException {
        SandboxId sandbox = sandbox().id();
        InetSocketAddress address = address(sandbox);
        assertThat(answers(address, "first")).isFalse();

        ContainerId first = start(sandbox, spec(servesHttp("first")));
        eventually("the first container answers", () -> answers(address, "first"));
        driver().stopContainer(first, Duration.ZERO);
        assertThat(answers(address, "first")).isFalse();
        start(sandbox, spec("app", 1, servesHttp("second"), List.of()));

        eventually("the second container answers", () -> answers(address, "second"));
        assertThat(address(sandbox)).isEqualTo(address);
    }

    @Test
    void portsOfDifferentSandboxesHaveDifferentAddresses() throws InterruptedException {
        SandboxId one = sandbox().id();
        SandboxId two = sandbox().id();
        start(one, spec(servesHttp("one")));
        start(two, spec(servesHttp("two")));

        eventually("one answers", () -> answers(address(one), "one"));
        eventually("two answers", () -> answers(address(two), "two"));
        assertThat(address(one)).isNotEqualTo(address(two));
    }

    @Test
    void anUnknownSandboxHasNoAddress() {
        assertThat(driver().hostAddress(NO_SANDBOX, HTTP_PORT, TransportProtocol.TCP))
                .isEmpty();
    }
}
