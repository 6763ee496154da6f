package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.ConfigMapKeySelector;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.core.EnvVarSourceBuilder;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** How pods get over what goes wrong around them. */
class PodHealingTest {

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

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void restartsAContainerThatWasKilled() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        node.driver.kill("web", "app", 137);
        node.clock.settle();

        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(node.pod("web").isReady()).isTrue();
        assertThat(node.history("web"))
                .as("not ready in between")
                .anyMatch(pod -> "Running".equals(pod.status().phase()) && !pod.isReady());
    }

    @Test
    void replacesAContainerThatVanished() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        node.driver.vanish("web", "app");
        node.clock.settle();

        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(node.state("web", "app")).isEqualTo("running");
        assertThat(node.lastEnd("web", "app").reason()).isEqualTo("ContainerStatusUnknown");
    }

    @Test
    void replacesASandboxThatDied() throws InterruptedException {
        node.driver.image("init:1").thenRuns(seconds(1), 0);
        node.create(
                "web", spec -> spec.initContainers(List.of(container("init"))).containers(List.of(container("app"))));
        node.advance(seconds(1));
        String before = node.status("web").podIP();

        node.driver.breakSandbox("web");
        node.clock.settle();
        assertThat(node.state("web", "init")).as("init containers run again").isEqualTo("running");
        node.advance(seconds(1));

        assertThat(node.pod("web").isReady()).isTrue();
        assertThat(node.status("web").podIP()).isNotEqualTo(before);
        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(node.events).contains("SandboxChanged: Pod sandbox changed, it will be killed and re-created.");
    }

    @Test
    void noticesWhatHappenedWhileEventsWereLost() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(container("app"))));
        node.driver.loseEvents();
        node.driver.kill("web", "app", 1);
        node.clock.settle();
        assertThat(node.container("web", "app").restartCount()).isZero();

        node.driver.eventsLost();
        node.clock.settle();

        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(node.state("web", "app")).isEqualTo("running");
    }

    @Test
    void waitsForAConfigMapAndGoesOnByItself() throws InterruptedException {
        var source = EnvVarSourceBuilder.builder()
                .configMapKeyRef(new ConfigMapKeySelector("color", "settings", null))
                .build();
        node.create(
                "web",
                spec -> spec.containers(List.of(
                        container("app", c -> c.env(List.of(new EnvVar("COLOR", null, source)))))));
        assertThat(node.state("web", "app")).isEqualTo("CreateContainerConfigError");
        assertThat(node.message("web", "app")).isEqualTo("configmap \"settings\" not found");

        var map = ConfigMapBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("settings")
                        .namespace(TestNode.NAMESPACE)
                        .build())
                .data(Map.of("size", "big"));
        node.add(map.build());
        assertThat(node.message("web", "app")).isEqualTo("couldn't find key color in ConfigMap default/settings");

        node.store.update(
                map.data(Map.of("color", "red")).build(), dev.orchestrator.runtime.store.WriteRequest.by("test"));
        node.clock.settle();
        assertThat(node.state("web", "app")).isEqualTo("running");
    }

    @Test
    void reportsADriverThatHangsAndLetsOtherPodsRun() throws InterruptedException {
        node.driver.faults((call, about) -> call.equals("createContainer") && about.startsWith("stuck")
                ? ScriptedDriver.Fault.HANG
                : ScriptedDriver.Fault.NONE);
        node.create("bad", spec -> spec.containers(List.of(container("stuck"))));
        node.create("good", spec -> spec.containers(List.of(container("app"))));
        assertThat(node.phase("good")).isEqualTo("Running");

        node.advance(Duration.ofMinutes(2));
        assertThat(node.state("bad", "stuck")).isEqualTo("CreateContainerError");
        assertThat(node.message("bad", "stuck")).isEqualTo("creating container: context deadline exceeded");
        assertThat(node.events).contains("Failed: Error: creating container: context deadline exceeded");

        node.driver.faults((call, about) -> ScriptedDriver.Fault.NONE);
        node.advance(seconds(10));
        assertThat(node.phase("bad")).isEqualTo("Running");
    }

    @Test
    void reportsASandboxThatCannotBeMade() throws InterruptedException {
        node.driver.faults((call, about) ->
                call.equals("runSandbox") ? ScriptedDriver.Fault.THROW_AFTER : ScriptedDriver.Fault.NONE);
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        assertThat(node.events).contains("FailedCreatePodSandBox: Failed to create pod sandbox: answer lost");
        assertThat(node.state("web", "app")).isEqualTo("ContainerCreating");
        node.driver.faults((call, about) -> ScriptedDriver.Fault.NONE);
        node.advance(seconds(1));

        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.driver.sandboxCount()).isEqualTo(1);
    }

    @Test
    void findsTheSandboxOfADeletedPodWhoseMakingWasNeverAnswered() throws InterruptedException {
        node.driver.faults((call, about) ->
                call.equals("runSandbox") ? ScriptedDriver.Fault.HANG_AFTER : ScriptedDriver.Fault.NONE);
        node.create("web", spec -> spec.containers(List.of(container("app"))));
        assertThat(node.driver.sandboxCount()).isEqualTo(1);

        node.delete("web", null);
        node.advance(seconds(5));

        assertThat(node.exists("web")).isFalse();
        assertThat(node.driver.sandboxCount()).isZero();
    }

    @Test
    void restartsAContainerWhoseImageIsChanged() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        node.edit(
                "web",
                pod -> PodBuilder.builder(pod)
                        .spec(PodSpecBuilder.builder(pod.spec())
                                .containers(List.of(container("app", c -> c.image("app:2"))))
                                .build())
                        .build());

        assertThat(node.container("web", "app").image()).isEqualTo("app:2");
        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(node.events).contains("Killing: Container app definition changed, will be restarted");
    }

    @Test
    void marksANodeAndItsPodsNotReadyWhileItIsDown() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        node.driver.node("node-1", false);
        node.clock.settle();

        var down = node.store.get(
                dev.orchestrator.api.model.ResourceTypes.NODE, dev.orchestrator.api.model.ObjectKey.cluster("node-1"));
        assertThat(NodeObjects.isReady(down)).isFalse();
        assertThat(down.spec().taints()).extracting(Taint::key).containsOnly("node.kubernetes.io/not-ready");
        assertThat(node.pod("web").isReady()).isFalse();
        assertThat(node.events).contains("NodeNotReady: Node node-1 status is now: NodeNotReady");

        node.driver.node("node-1", true);
        node.clock.settle();
        assertThat(node.pod("web").isReady()).isTrue();
        assertThat(node.container("web", "app").restartCount()).isZero();
        assertThat(node.store
                        .get(
                                dev.orchestrator.api.model.ResourceTypes.NODE,
                                dev.orchestrator.api.model.ObjectKey.cluster("node-1"))
                        .spec()
                        .taints())
                .isEmpty();
    }
}
