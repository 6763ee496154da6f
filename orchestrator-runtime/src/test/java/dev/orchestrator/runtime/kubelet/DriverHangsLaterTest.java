package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerRestartRuleBuilder;
import dev.orchestrator.api.model.core.ContainerRestartRuleOnExitCodes;
import dev.orchestrator.api.model.core.ExecAction;
import dev.orchestrator.api.model.core.Lifecycle;
import dev.orchestrator.api.model.core.LifecycleHandler;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.ProbeBuilder;
import dev.orchestrator.api.model.core.ResourceRequirementsBuilder;
import dev.orchestrator.runtime.kubelet.ScriptedDriver.Fault;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.spi.ExecResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A driver that hangs while a pod runs or ends is timed out and reported on that pod, and no other pod notices; whether
 * the call listens to its interruption or not.
 */
class DriverHangsLaterTest {

    private static final Duration CALL = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final String LATE = ": context deadline exceeded";

    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        node = TestNode.started();
    }

    @AfterEach
    void close() {
        assertThat(node.driver.violations()).isEmpty();
        node.close();
    }

    private static ProbeBuilder probe(String command) {
        return ProbeBuilder.builder()
                .exec(new ExecAction(List.of(command)))
                .periodSeconds(10)
                .timeoutSeconds(1)
                .successThreshold(1)
                .failureThreshold(1);
    }

    private void createGood() throws InterruptedException {
        node.create("good", spec -> spec.containers(List.of(container("app"))));
        assertThat(node.pod("good").isReady()).as("another pod").isTrue();
    }

    private String uid(String pod) {
        return node.pod(pod).metadata().uidOrEmpty();
    }

    private static String killing(String action, String target, String why) {
        return "FailedKillPod: error killing pod: failed to \"" + action + "\" for \"" + target + "\" with " + action
                + "Error: \"" + why + LATE + "\"";
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void askingWhatThereIs(Fault fault) throws InterruptedException {
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));
        Hanging hanging = Hanging.every(node, "sandbox", fault);
        node.driver.kill("bad", "stuck", 1);
        node.clock.settle();
        hanging.onlyThose();
        createGood();

        node.advance(CALL);
        assertThat(node.events).contains("FailedSync: error determining status: inspecting pod sandbox" + LATE);

        hanging.end();
        node.advance(Duration.ofSeconds(1));
        assertThat(node.pod("bad").isReady()).isTrue();
        assertThat(node.container("bad", "stuck").restartCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void listingWhatThereIs(Fault fault) throws InterruptedException {
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));
        Hanging hanging = Hanging.every(node, "sandboxes", fault);
        node.driver.loseEvents();
        node.driver.kill("bad", "stuck", 1);
        node.driver.eventsLost();
        node.clock.settle();
        createGood();

        node.advance(CALL);
        hanging.end();
        node.advance(Duration.ofSeconds(1));

        assertThat(node.container("bad", "stuck").restartCount())
                .as("asked again")
                .isEqualTo(1);
        assertThat(node.pod("bad").isReady()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF"})
    void lookingForASandboxWhoseMakingWasNotAnswered(Fault fault) throws InterruptedException {
        node.driver.faults((call, about) -> call.equals("runSandbox") ? Fault.HANG_AFTER : Fault.NONE);
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));
        Hanging hanging = Hanging.every(node, "sandboxes", fault);
        node.delete("bad", null);
        createGood();

        node.advance(CALL);
        assertThat(node.events).contains("FailedSync: error determining status: listing pod sandboxes" + LATE);
        assertThat(node.exists("bad")).isTrue();

        hanging.end();
        node.advance(Duration.ofSeconds(10));
        assertThat(node.exists("bad")).isFalse();
        assertThat(node.driver.sandboxCount()).as("the good one's").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void stoppingAContainerOfADeletedPod(Fault fault) throws InterruptedException {
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));
        Hanging hanging = Hanging.every(node, "stopContainer", fault);
        node.delete("bad", null);
        hanging.onlyThose();
        createGood();

        node.advance(GRACE.plus(CALL));
        assertThat(node.events).contains(killing("KillContainer", "stuck", "stopping container"));

        hanging.end();
        node.advance(Duration.ofSeconds(10));
        assertThat(node.exists("bad")).isFalse();
        assertThat(node.pod("good").isReady()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void stoppingAContainerThatFailedItsLivenessProbe(Fault fault) throws InterruptedException {
        var isDead = new AtomicBoolean(true);
        node.driver.exec((name, command) -> new ExecResult(isDead.getAndSet(false) ? 1 : 0, "", ""));
        Hanging hanging = Hanging.every(node, "stopContainer", fault);
        node.create(
                "bad",
                spec -> spec.containers(List.of(
                        container("stuck", c -> c.livenessProbe(probe("alive").build())))));
        createGood();

        node.advance(GRACE.plus(CALL));
        assertThat(node.events)
                .contains("FailedSync: Error syncing pod, skipping: failed to \"KillContainer\" for \"stuck\" with"
                        + " KillContainerError: \"stopping container" + LATE + "\"");

        hanging.end();
        node.advance(Duration.ofSeconds(10));
        assertThat(node.pod("bad").isReady()).isTrue();
        assertThat(node.container("bad", "stuck").restartCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void stoppingTheSandboxOfADeletedPod(Fault fault) throws InterruptedException {
        endsAfterTheSandboxHangs("stopSandbox", fault, "KillPodSandbox", "stopping pod sandbox");
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void removingTheSandboxOfADeletedPod(Fault fault) throws InterruptedException {
        endsAfterTheSandboxHangs("removeSandbox", fault, "RemovePodSandbox", "removing pod sandbox");
    }

    private void endsAfterTheSandboxHangs(String call, Fault fault, String action, String doing)
            throws InterruptedException {
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));
        String uid = uid("bad");
        Hanging hanging = Hanging.every(node, call, fault);
        node.delete("bad", null);
        hanging.onlyThose();
        createGood();

        node.advance(CALL);
        assertThat(node.events).contains(killing(action, uid, doing));
        assertThat(node.exists("bad")).isTrue();

        hanging.end();
        node.advance(Duration.ofSeconds(10));
        assertThat(node.exists("bad")).isFalse();
        assertThat(node.driver.sandboxCount()).as("the good one's").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void stoppingASandboxThatIsToBeReplaced(Fault fault) throws InterruptedException {
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));
        Hanging hanging = Hanging.every(node, "stopSandbox", fault);
        node.driver.breakSandbox("bad");
        node.clock.settle();
        hanging.onlyThose();
        createGood();

        node.advance(CALL);
        assertThat(node.events).contains(killing("KillPodSandbox", uid("bad"), "stopping pod sandbox"));

        hanging.end();
        node.advance(Duration.ofSeconds(10));
        assertThat(node.pod("bad").isReady()).isTrue();
        assertThat(node.container("bad", "stuck").restartCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void removingAContainerThatEndedLongAgo(Fault fault) throws InterruptedException {
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));
        Hanging hanging = Hanging.every(node, "removeContainer", fault);
        node.driver.kill("bad", "stuck", 1);
        node.clock.settle();
        node.driver.kill("bad", "stuck", 1);
        node.advance(Duration.ofSeconds(20));

        assertThat(node.pod("bad").isReady()).as("nobody waits for the removal").isTrue();
        assertThat(node.container("bad", "stuck").restartCount()).isEqualTo(2);
        node.advance(CALL);
        assertThat(node.events)
                .contains("FailedSync: Error syncing pod, skipping: failed to \"RemoveContainer\" for \"stuck\" with"
                        + " RemoveContainerError: \"removing container" + LATE + "\"");

        hanging.end();
        assertThat(node.pod("bad").isReady()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void removingAllContainersToStartThemAnew(Fault fault) throws InterruptedException {
        node.driver.image("stuck:1").thenRuns(Duration.ofSeconds(10), 42).thenRuns(Duration.ofHours(9), 0);
        Hanging hanging = Hanging.every(node, "removeContainer", fault);
        var rule = ContainerRestartRuleBuilder.builder()
                .action("RestartAllContainers")
                .exitCodes(new ContainerRestartRuleOnExitCodes("In", List.of(42)))
                .build();
        node.create(
                "bad",
                spec -> spec.containers(List.of(
                        container("stuck", c -> c.restartPolicy("Never").restartPolicyRules(List.of(rule))),
                        container("app"))));
        createGood();

        node.advance(Duration.ofSeconds(10).plus(CALL));
        assertThat(node.events)
                .contains("FailedSync: Error syncing pod, skipping: failed to \"RemoveContainer\" for \"" + uid("bad")
                        + "\" with RemoveContainerError: \"removing container" + LATE + "\"");

        hanging.end();
        node.advance(Duration.ofSeconds(10));
        assertThat(node.pod("bad").isReady()).isTrue();
        assertThat(List.of("stuck", "app"))
                .allSatisfy(name ->
                        assertThat(node.container("bad", name).restartCount()).isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void probing(Fault fault) throws InterruptedException {
        node.create(
                "bad",
                spec -> spec.containers(List.of(
                        container("stuck", c -> c.readinessProbe(probe("ready").build())))));
        assertThat(node.pod("bad").isReady()).isTrue();
        Hanging hanging = Hanging.every(node, "exec", fault);
        node.advance(Duration.ofSeconds(10));
        createGood();

        // The driver has one second for the command and two minutes to say that it has taken too long.
        node.advance(CALL);
        assertThat(node.events).noneMatch(event -> event.startsWith("Unhealthy"));
        // The run after the one that was late follows at once.
        node.driver.faults((call, about) -> Fault.NONE);
        node.advance(Duration.ofSeconds(1));
        assertThat(node.events).contains("Unhealthy: Readiness probe failed: command \"ready\" timed out");
        assertThat(node.pod("bad").isReady()).as("probed again").isTrue();
        hanging.end();
        assertThat(node.pod("bad").isReady()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"THROW", "BUG"})
    void aProbeThatCanNotBeRunIsReportedAndSaysNothingAboutTheContainer(Fault fault) throws InterruptedException {
        node.create(
                "bad",
                spec -> spec.containers(List.of(
                        container("stuck", c -> c.readinessProbe(probe("ready").build())))));

        node.driver.faults((call, about) -> call.equals("exec") ? fault : Fault.NONE);
        node.advance(Duration.ofSeconds(10));

        assertThat(node.events)
                .contains("Unhealthy: Readiness probe errored and resulted in unknown state: "
                        + (fault == Fault.BUG ? "a bug of the driver" : "no answer"));
        assertThat(node.pod("bad").isReady()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void aPreStopHookIsWaitedForNoLongerThanTheGracePeriod(Fault fault) throws InterruptedException {
        var bye = new LifecycleHandler(new ExecAction(List.of("bye")), null, null, null);
        node.create(
                "bad",
                spec -> spec.containers(List.of(container("stuck", c -> c.lifecycle(new Lifecycle(null, bye, null))))));
        Hanging hanging = Hanging.every(node, "exec", fault);
        node.delete("bad", null);
        createGood();

        node.advance(GRACE.minusMillis(1));
        assertThat(node.exists("bad")).isTrue();
        node.advance(Duration.ofMillis(1));

        assertThat(node.events).contains("FailedPreStopHook: PreStopHook failed");
        assertThat(node.exists("bad")).isFalse();
        assertThat(node.driver.calls()).as("two seconds are left to it").anyMatch(call -> call.endsWith(" 2s"));
        hanging.end();
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void resizing(Fault fault) throws InterruptedException {
        node.create("bad", spec -> spec.containers(List.of(sized("500m"))));
        Hanging hanging = Hanging.every(node, "updateContainer", fault);
        node.store.edit(
                ResourceTypes.POD,
                new ObjectKey(TestNode.NAMESPACE, "bad"),
                WriteRequest.by("test").on(WriteRequest.Subresource.RESIZE),
                before -> PodBuilder.builder(before)
                        .spec(PodSpecBuilder.builder(before.spec())
                                .containers(List.of(sized("2")))
                                .build())
                        .build());
        createGood();

        node.advance(CALL);
        assertThat(node.events)
                .anyMatch(event -> event.startsWith("ResizeError: Pod resize error")
                        && event.contains("updating container resources" + LATE));
        assertThat(node.pod("bad")
                        .condition("PodResizeInProgress")
                        .orElseThrow()
                        .message())
                .isEqualTo("updating container resources" + LATE);

        hanging.end();
        node.advance(Duration.ofSeconds(10));
        assertThat(node.driver.resources("bad", "stuck")).isEqualTo(sized("2").resources());
        assertThat(node.pod("bad").condition("PodResizeInProgress")).isEmpty();
    }

    private static Container sized(String cpu) {
        return container(
                "stuck",
                more -> more.resources(ResourceRequirementsBuilder.builder()
                        .requests(Map.of("cpu", Quantity.parse(cpu)))
                        .build()));
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "HANG_DEAF", "HANG_AFTER"})
    void readingTheLastWordsOfAContainer(Fault fault) throws InterruptedException {
        Hanging hanging = Hanging.every(node, "logs", fault);
        node.create(
                "bad",
                spec -> spec.containers(
                        List.of(container("stuck", c -> c.terminationMessagePolicy("FallbackToLogsOnError")))));
        node.driver.kill("bad", "stuck", 1);
        createGood();

        node.advance(CALL);
        assertThat(node.events).contains("FailedSync: error determining status: reading logs" + LATE);
        node.advance(Duration.ofSeconds(1));

        assertThat(node.pod("bad").isReady()).as("it goes on without them").isTrue();
        assertThat(node.lastEnd("bad", "stuck").message())
                .isEqualTo("Error on reading termination message from logs: context deadline exceeded");
        hanging.end();
        assertThat(node.pod("bad").isReady()).isTrue();
    }
}
