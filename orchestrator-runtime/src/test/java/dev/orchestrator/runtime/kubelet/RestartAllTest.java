package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerRestartRuleBuilder;
import dev.orchestrator.api.model.core.ContainerRestartRuleOnExitCodes;
import dev.orchestrator.api.model.core.LifecycleBuilder;
import dev.orchestrator.api.model.core.LifecycleHandlerBuilder;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.SleepAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Rules of containers about when they, or all of them, are restarted. */
class RestartAllTest {

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

    private static Container ruled(String name, String action, int exitCode) {
        return container(
                name,
                more -> more.restartPolicy("Never")
                        .restartPolicyRules(List.of(ContainerRestartRuleBuilder.builder()
                                .action(action)
                                .exitCodes(new ContainerRestartRuleOnExitCodes("In", List.of(exitCode)))
                                .build())));
    }

    private PodCondition restarting(dev.orchestrator.api.model.core.Pod pod) {
        return pod.condition("AllContainersRestarting").orElseThrow();
    }

    @Test
    void aRuleOfOneContainerRestartsAllOfThem() throws InterruptedException {
        node.driver.image("setup:1").thenRuns(Duration.ofSeconds(1), 0);
        node.driver.image("trigger:1").thenRuns(Duration.ofSeconds(10), 42).thenRuns(Duration.ofHours(9), 0);
        node.create(
                "web",
                spec -> spec.restartPolicy("Never")
                        .initContainers(List.of(container("setup")))
                        .containers(List.of(ruled("trigger", "RestartAllContainers", 42), container("app"))));
        node.advance(Duration.ofSeconds(1));
        assertThat(restarting(node.pod("web")).status()).isEqualTo("False");

        node.advance(Duration.ofSeconds(10));
        node.advance(Duration.ofSeconds(1));

        assertThat(List.of("setup", "trigger", "app"))
                .allSatisfy(name ->
                        assertThat(node.container("web", name).restartCount()).isEqualTo(1));
        assertThat(node.state("web", "app")).isEqualTo("running");
        assertThat(node.state("web", "trigger")).isEqualTo("running");
        assertThat(node.lastEnd("web", "trigger").exitCode()).isEqualTo(42);
        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.history("web"))
                .filteredOn(pod -> !pod.status().conditions().isEmpty())
                .extracting(
                        pod -> restarting(pod).status(),
                        pod -> restarting(pod).reason(),
                        pod -> restarting(pod).message())
                .contains(tuple("True", "RestartAllContainersStarted", "container exited with restart policy rule"))
                .last()
                .isEqualTo(tuple("False", null, null));
    }

    @Test
    void preStopHooksAreNotRunThen() throws InterruptedException {
        node.driver.image("trigger:1").thenRuns(Duration.ofSeconds(10), 42).thenRuns(Duration.ofHours(9), 0);
        var hook = LifecycleHandlerBuilder.builder().sleep(new SleepAction(20)).build();
        node.create(
                "web",
                spec -> spec.containers(List.of(
                        ruled("trigger", "RestartAllContainers", 42),
                        container(
                                "app",
                                more -> more.lifecycle(
                                        LifecycleBuilder.builder().preStop(hook).build())))));

        node.advance(Duration.ofSeconds(10));

        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(node.state("web", "app")).isEqualTo("running");
    }

    @Test
    void anotherExitCodeIsLeftToThePolicy() throws InterruptedException {
        node.driver.image("trigger:1").thenRuns(Duration.ofSeconds(10), 1);
        node.create(
                "web",
                spec -> spec.restartPolicy("Never")
                        .containers(List.of(ruled("trigger", "RestartAllContainers", 42), container("app"))));

        node.advance(Duration.ofMinutes(10));

        assertThat(node.state("web", "trigger")).isEqualTo("Error");
        assertThat(node.container("web", "app").restartCount()).isZero();
        assertThat(node.phase("web")).isEqualTo("Running");
    }

    @Test
    void aRestartRuleRestartsOnlyItsContainer() throws InterruptedException {
        node.driver.image("worker:1").thenRuns(Duration.ofSeconds(10), 42).thenRuns(Duration.ofHours(9), 0);
        node.create(
                "web",
                spec -> spec.restartPolicy("Never")
                        .containers(List.of(ruled("worker", "Restart", 42), container("app"))));

        node.advance(Duration.ofSeconds(10));

        assertThat(node.container("web", "worker").restartCount()).isEqualTo(1);
        assertThat(node.container("web", "app").restartCount()).isZero();
        assertThat(node.pod("web").condition("AllContainersRestarting")).isEmpty();
    }

    @Test
    void aContainersOwnPolicyComesBeforeThePods() throws InterruptedException {
        node.driver.image("once:1").thenRuns(Duration.ofSeconds(1), 1);
        node.driver.image("again:1").thenRuns(Duration.ofSeconds(1), 1);
        node.create(
                "web",
                spec -> spec.restartPolicy("Always")
                        .containers(List.of(
                                container("once", more -> more.restartPolicy("Never")),
                                container("again", more -> more.restartPolicy("OnFailure")))));

        node.advance(Duration.ofSeconds(1));

        assertThat(node.container("web", "once").restartCount()).isZero();
        assertThat(node.container("web", "again").restartCount()).isEqualTo(1);
    }

    @Test
    void whatWasRemovedHalfIsRemovedWhenTheDriverAnswersAgain() throws InterruptedException {
        node.driver.image("trigger:1").thenRuns(Duration.ofSeconds(10), 42).thenRuns(Duration.ofHours(9), 0);
        node.create(
                "web",
                spec -> spec.restartPolicy("Never")
                        .containers(List.of(ruled("trigger", "RestartAllContainers", 42), container("app"))));
        node.driver.faults((call, about) ->
                call.equals("removeContainer") ? ScriptedDriver.Fault.THROW : ScriptedDriver.Fault.NONE);
        node.advance(Duration.ofSeconds(10));
        assertThat(restarting(node.pod("web")).status()).isEqualTo("True");

        node.driver.faults((call, about) -> ScriptedDriver.Fault.NONE);
        node.advance(Duration.ofSeconds(10));

        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(restarting(node.pod("web")).status()).isEqualTo("False");
    }
}
