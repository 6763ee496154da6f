package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.orchestrator.api.model.core.ExecAction;
import dev.orchestrator.api.model.core.Lifecycle;
import dev.orchestrator.api.model.core.LifecycleHandler;
import dev.orchestrator.runtime.kubelet.ScriptedDriver.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** A driver that hangs while a pod starts is timed out and reported on that pod, and no other pod notices. */
class DriverHangsAtStartTest {

    private static final Duration CALL = Duration.ofMinutes(2);
    private static final Duration PULL = Duration.ofHours(1);
    private static final String LATE = ": context deadline exceeded";
    private static final List<Fault> HANGS = List.of(Fault.HANG, Fault.HANG_DEAF);

    private TestNode node;

    /** What the pod shows when a call has hung for as long as it may. */
    record Shown(String event, String reason, String message) {}

    @BeforeEach
    void start() throws InterruptedException {
        node = TestNode.started();
        node.driver.image("stuck:1");
    }

    @AfterEach
    void close() {
        assertThat(node.driver.violations()).isEmpty();
        node.close();
    }

    static Stream<Arguments> calls() {
        return HANGS.stream()
                .flatMap(fault -> Stream.of(
                        arguments(
                                "runSandbox",
                                fault,
                                CALL,
                                new Shown(
                                        "FailedCreatePodSandBox: Failed to create pod sandbox: creating pod sandbox"
                                                + LATE,
                                        "ContainerCreating",
                                        "Failed to create pod sandbox: creating pod sandbox" + LATE)),
                        arguments(
                                "image",
                                fault,
                                CALL,
                                new Shown(
                                        "InspectFailed: Failed to inspect image \"stuck:1\": inspecting image" + LATE,
                                        "ImageInspectError",
                                        "Failed to inspect image \"stuck:1\": inspecting image" + LATE)),
                        arguments(
                                "pullImage",
                                fault,
                                PULL,
                                new Shown(
                                        "Failed: Failed to pull image \"stuck:1\": pulling image" + LATE,
                                        "ErrImagePull",
                                        "pulling image" + LATE)),
                        arguments(
                                "createContainer",
                                fault,
                                CALL,
                                new Shown(
                                        "Failed: Error: creating container" + LATE,
                                        "CreateContainerError",
                                        "creating container" + LATE)),
                        arguments(
                                "startContainer",
                                fault,
                                CALL,
                                new Shown(
                                        "Failed: Error: starting container" + LATE,
                                        "RunContainerError",
                                        "starting container" + LATE))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void isReportedOnThePodThatStartsWhenTheDriverAnswersAgain(String call, Fault fault, Duration limit, Shown shown)
            throws InterruptedException {
        if (call.equals("pullImage")) {
            node.driver.image("stuck:1").missing();
        }
        Hanging hanging = Hanging.every(node, call, fault);
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));
        hanging.onlyThose();
        node.create("good", spec -> spec.containers(List.of(container("app"))));
        assertThat(node.pod("good").isReady()).as("another pod").isTrue();
        assertThat(node.phase("bad")).isEqualTo("Pending");

        node.advance(limit.minusMillis(1));
        assertThat(node.events).as("before its time is up").noneMatch(event -> event.contains(LATE));
        node.advance(Duration.ofMillis(1));

        assertThat(node.events).contains(shown.event());
        assertThat(node.state("bad", "stuck")).isEqualTo(shown.reason());
        assertThat(node.message("bad", "stuck")).isEqualTo(shown.message());
        assertThat(node.pod("good").isReady()).as("another pod").isTrue();

        hanging.end();
        node.advance(Duration.ofSeconds(10));

        assertThat(node.pod("bad").isReady()).isTrue();
        assertThat(node.container("bad", "stuck").restartCount()).isZero();
        assertThat(node.driver.sandboxCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runSandbox", "image", "pullImage", "createContainer", "startContainer"})
    void isGotOverByAPodThatIsDeletedMeanwhile(String call) throws InterruptedException {
        if (call.equals("pullImage")) {
            node.driver.image("stuck:1").missing();
        }
        Hanging hanging = Hanging.every(node, call, Fault.HANG);
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));

        node.delete("bad", null);
        node.advance(Duration.ofSeconds(2));
        assertThat(node.exists("bad")).as("nobody waits for it longer").isFalse();

        hanging.end();
        assertThat(node.driver.sandboxCount())
                .as("nothing comes into being late")
                .isZero();
    }

    @Test
    void aPullThatHangsDeafHoldsUpNobodyWhoCameLater() throws InterruptedException {
        node.driver.image("stuck:1").missing();
        Hanging hanging = Hanging.every(node, "pullImage", Fault.HANG_DEAF);
        node.create("first", spec -> spec.containers(List.of(container("stuck"))));
        node.advance(PULL.dividedBy(2));
        node.create("second", spec -> spec.containers(List.of(container("stuck"))));
        assertThat(node.driver.pulls()).as("both wait for one pull").hasSize(1);
        node.driver.faults((call, about) -> Fault.NONE);

        node.advance(PULL.dividedBy(2));

        assertThat(node.state("first", "stuck")).isEqualTo("ErrImagePull");
        assertThat(node.pod("second").isReady()).isTrue();
        hanging.end();
        assertThat(node.container("second", "stuck").restartCount()).isZero();
    }

    @Test
    void aSandboxThatComesAfterItsPodHasGoneIsRemoved() throws InterruptedException {
        Hanging hanging = Hanging.every(node, "runSandbox", Fault.HANG_DEAF);
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));
        node.advance(CALL);
        node.driver.faults((call, about) -> Fault.NONE);
        node.delete("bad", null);
        node.advance(Duration.ofSeconds(1));
        assertThat(node.exists("bad")).isFalse();

        hanging.end();

        assertThat(node.driver.calls()).contains("removeSandbox s1");
        assertThat(node.driver.sandboxCount()).isZero();
    }

    @Test
    void aSandboxThatComesWhileItsPodWaitsForAFinalizerIsRemoved() throws InterruptedException {
        Hanging hanging = Hanging.every(node, "runSandbox", Fault.HANG_DEAF);
        node.create(
                "bad",
                spec -> spec.containers(List.of(container("stuck"))),
                meta -> meta.finalizers(List.of("example.com/wait")));
        node.advance(CALL);
        node.driver.faults((call, about) -> Fault.NONE);
        node.delete("bad", null);
        node.advance(Duration.ofSeconds(1));
        assertThat(node.exists("bad")).as("it waits for its finalizer").isTrue();

        hanging.end();

        assertThat(node.driver.calls()).contains("removeSandbox s1");
        assertThat(node.driver.sandboxCount()).isZero();
    }

    @Test
    void whatComesBackLateDoesNothingMore() throws InterruptedException {
        var hello = new LifecycleHandler(new ExecAction(List.of("hello")), null, null, null);
        Hanging hanging = Hanging.every(node, "startContainer", Fault.HANG_DEAF);
        node.create(
                "bad",
                spec -> spec.containers(
                        List.of(container("stuck", c -> c.lifecycle(new Lifecycle(hello, null, null))))));
        node.advance(CALL);

        node.driver.faults((call, about) -> Fault.NONE);
        node.advance(Duration.ofSeconds(10));
        assertThat(node.pod("bad").isReady()).as("started by another call").isTrue();
        hanging.end();

        assertThat(node.pod("bad").isReady()).isTrue();
        assertThat(node.driver.calls().stream().filter(call -> call.endsWith(" hello")))
                .as("the postStart hook runs once")
                .hasSize(1);
        assertThat(node.events.stream().filter("Started: Container started"::equals))
                .hasSize(1);
    }

    @Test
    void aContainerThatRunsIsNotTakenForOneThatFailedWhenTheAnswerAfterwardsHangs() throws InterruptedException {
        Hanging hanging = Hanging.every(node, "sandbox", Fault.HANG);
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));
        assertThat(node.events).contains("Started: Container started");

        node.advance(CALL);
        assertThat(node.events)
                .contains("FailedSync: error determining status: inspecting pod sandbox" + LATE)
                .noneMatch(event -> event.startsWith("Failed:"));

        hanging.end();
        node.advance(CALL.plusSeconds(1));
        assertThat(node.pod("bad").isReady()).isTrue();
    }

    @Test
    void aPostStartHookThatNeverAnswersCountsAsFailed() throws InterruptedException {
        var hello = new LifecycleHandler(new ExecAction(List.of("hello")), null, null, null);
        Hanging hanging = Hanging.every(node, "exec", Fault.HANG_DEAF);
        node.create(
                "bad",
                spec -> spec.containers(
                        List.of(container("stuck", c -> c.lifecycle(new Lifecycle(hello, null, null))))));
        node.driver.faults((call, about) -> Fault.NONE);

        node.advance(Duration.ofDays(1));

        assertThat(node.events).contains("FailedPostStartHook: PostStartHook failed", "Killing: FailedPostStartHook");
        hanging.end();
        assertThat(node.pod("bad").isReady()).as("the next container").isTrue();
        assertThat(node.container("bad", "stuck").restartCount()).isEqualTo(1);
    }

    @Test
    void closingDoesNotWaitForACallThatListensToNothing() throws InterruptedException {
        Hanging.every(node, "createContainer", Fault.HANG_DEAF);
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));

        node.kubelet().close();

        node.driver.release();
        node.clock.settle();
        assertThat(node.driver.calls())
                .as("nothing is done any more")
                .noneMatch(call -> call.startsWith("startContainer"));
    }
}
