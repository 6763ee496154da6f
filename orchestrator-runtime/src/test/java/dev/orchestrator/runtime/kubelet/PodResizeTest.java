package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerResizePolicy;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.api.model.core.ResourceRequirementsBuilder;
import dev.orchestrator.runtime.store.WriteRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** Pods that are given other amounts of CPU and memory; their node has 4 processors and 8 GiB. */
class PodResizeTest {

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

    private static ResourceRequirements of(String cpu, String memory) {
        return ResourceRequirementsBuilder.builder()
                .requests(Map.of("cpu", Quantity.parse(cpu), "memory", Quantity.parse(memory)))
                .build();
    }

    private static Container sized(String name, String cpu, String memory, ContainerResizePolicy... policies) {
        return container(name, more -> more.resources(of(cpu, memory)).resizePolicy(List.of(policies)));
    }

    private void resize(String pod, String cpu, String memory) throws InterruptedException {
        node.store.edit(
                ResourceTypes.POD,
                new ObjectKey(TestNode.NAMESPACE, pod),
                WriteRequest.by("test").on(WriteRequest.Subresource.RESIZE),
                before -> PodBuilder.builder(before)
                        .spec(PodSpecBuilder.builder(before.spec())
                                .containers(List.of(ContainerBuilder.builder(
                                                before.spec().containers().getFirst())
                                        .resources(of(cpu, memory))
                                        .build()))
                                .build())
                        .build());
        node.clock.settle();
    }

    private PodCondition condition(String pod, String type) {
        return node.pod(pod).condition(type).orElseThrow();
    }

    private boolean isQuiet(String pod) {
        return node.pod(pod).condition("PodResizePending").isEmpty()
                && node.pod(pod).condition("PodResizeInProgress").isEmpty();
    }

    @Test
    void aRunningContainerGetsMoreWithoutARestart() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(sized("app", "500m", "1Gi"))));

        resize("web", "2", "1Gi");

        assertThat(node.driver.resources("web", "app")).isEqualTo(of("2", "1Gi"));
        assertThat(node.container("web", "app").restartCount()).isZero();
        assertThat(node.container("web", "app").allocatedResources())
                .isEqualTo(of("2", "1Gi").requests());
        assertThat(node.container("web", "app").resources()).isEqualTo(of("2", "1Gi"));
        assertThat(isQuiet("web")).isTrue();
        assertThat(node.events)
                .contains(
                        "ResizeStarted: Pod resize started: {\"containers\":[{\"name\":\"app\",\"resources\":"
                                + "{\"requests\":{\"cpu\":\"2\",\"memory\":\"1Gi\"}}}],\"generation\":2}",
                        "ResizeCompleted: Pod resize completed: {\"containers\":[{\"name\":\"app\",\"resources\":"
                                + "{\"requests\":{\"cpu\":\"2\",\"memory\":\"1Gi\"}}}],\"generation\":2}");
    }

    @Test
    void aPolicyMayAskForARestart() throws InterruptedException {
        node.create(
                "web",
                spec -> spec.containers(
                        List.of(sized("app", "500m", "1Gi", new ContainerResizePolicy("memory", "RestartContainer")))));

        resize("web", "1", "1Gi");
        assertThat(node.container("web", "app").restartCount()).isZero();

        resize("web", "1", "2Gi");
        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(node.driver.resources("web", "app")).isEqualTo(of("1", "2Gi"));
        assertThat(node.events).contains("Killing: Container app resize requires restart");
        assertThat(isQuiet("web")).isTrue();
    }

    @Test
    void whatTheNodeNeverHasIsInfeasible() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(sized("app", "500m", "1Gi"))));

        resize("web", "5", "1Gi");

        PodCondition pending = condition("web", "PodResizePending");
        assertThat(pending.status()).isEqualTo("True");
        assertThat(pending.reason()).isEqualTo("Infeasible");
        assertThat(pending.message())
                .isEqualTo("Node didn't have enough capacity: cpu, requested: 5000, capacity: 4000");
        assertThat(node.container("web", "app").allocatedResources())
                .isEqualTo(of("500m", "1Gi").requests());
        assertThat(node.driver.resources("web", "app")).isEqualTo(of("500m", "1Gi"));

        resize("web", "1", "1Gi");
        assertThat(isQuiet("web")).isTrue();
        assertThat(node.driver.resources("web", "app")).isEqualTo(of("1", "1Gi"));
    }

    @Test
    void whatOthersHaveIsWaitedFor() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(sized("app", "500m", "1Gi"))));
        node.create("other", spec -> spec.containers(List.of(sized("app", "3", "1Gi"))));

        resize("web", "2", "1Gi");
        PodCondition pending = condition("web", "PodResizePending");
        assertThat(pending.reason()).isEqualTo("Deferred");
        assertThat(pending.message())
                .isEqualTo("Node didn't have enough resource: cpu, requested: 2000, used: 3000, capacity: 4000");

        node.delete("other", 0L);
        node.advance(Duration.ofSeconds(2));
        assertThat(isQuiet("web")).isTrue();
        assertThat(node.driver.resources("web", "app")).isEqualTo(of("2", "1Gi"));
    }

    @Test
    void aContainerThatRestartsMeanwhileKeepsWhatItHad() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(sized("app", "500m", "1Gi"))));
        resize("web", "5", "1Gi");

        node.driver.kill("web", "app", 1);
        node.clock.settle();

        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
        assertThat(node.driver.resources("web", "app")).isEqualTo(of("500m", "1Gi"));
    }

    @Test
    void aDriverThatFailsIsAskedAgain() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(sized("app", "500m", "1Gi"))));
        node.driver.faults((call, about) ->
                call.equals("updateContainer") ? ScriptedDriver.Fault.THROW : ScriptedDriver.Fault.NONE);

        resize("web", "1", "1Gi");
        assertThat(condition("web", "PodResizeInProgress").reason()).isEqualTo("Error");
        assertThat(condition("web", "PodResizeInProgress").message()).isEqualTo("no answer");
        assertThat(node.container("web", "app").resources()).isEqualTo(of("500m", "1Gi"));

        node.driver.faults((call, about) -> ScriptedDriver.Fault.NONE);
        node.advance(Duration.ofSeconds(10));
        assertThat(isQuiet("web")).isTrue();
        assertThat(node.container("web", "app").resources()).isEqualTo(of("1", "1Gi"));
    }
}
