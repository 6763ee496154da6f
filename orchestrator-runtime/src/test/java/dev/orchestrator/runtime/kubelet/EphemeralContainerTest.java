package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.EphemeralContainerBuilder;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.runtime.store.WriteRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** Containers that are added to a running pod. */
class EphemeralContainerTest {

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

    private void debug(String pod) throws InterruptedException {
        node.store.edit(
                ResourceTypes.POD,
                new ObjectKey(TestNode.NAMESPACE, pod),
                WriteRequest.by("test").on(WriteRequest.Subresource.EPHEMERAL_CONTAINERS),
                before -> PodBuilder.builder(before)
                        .spec(PodSpecBuilder.builder(before.spec())
                                .ephemeralContainers(List.of(EphemeralContainerBuilder.builder()
                                        .name("debugger")
                                        .image("tools:1")
                                        .imagePullPolicy("IfNotPresent")
                                        .command(List.of("sh"))
                                        .stdin(true)
                                        .tty(true)
                                        .build()))
                                .build())
                        .build());
        node.clock.settle();
    }

    private ContainerStatus debugger() {
        return node.status("web").ephemeralContainerStatuses().getFirst();
    }

    @Test
    void startsInTheRunningPodAndChangesNothingElse() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        debug("web");

        assertThat(debugger().name()).isEqualTo("debugger");
        assertThat(debugger().state().running()).isNotNull();
        assertThat(debugger().ready()).isFalse();
        assertThat(debugger().started()).isNull();
        assertThat(node.driver.spec("web", "debugger").terminal()).isTrue();
        assertThat(node.driver.spec("web", "debugger").command()).containsExactly("sh");
        assertThat(node.pod("web").isReady()).isTrue();
        assertThat(node.container("web", "app").restartCount()).isZero();
        assertThat(node.eventsWithPlaces)
                .contains("node-1 spec.ephemeralContainers{debugger} Started: Container started");
    }

    @Test
    void isNeverRestarted() throws InterruptedException {
        node.driver.image("tools:1").thenRuns(Duration.ofSeconds(5), 1);
        node.create("web", spec -> spec.containers(List.of(container("app"))));
        debug("web");

        node.advance(Duration.ofMinutes(30));

        assertThat(debugger().state().terminated()).isNotNull();
        assertThat(debugger().restartCount()).isZero();
        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.pod("web").isReady()).isTrue();
    }

    @Test
    void waitsForItsImage() throws InterruptedException {
        node.driver.image("tools:1").pullTakes(Duration.ofSeconds(5));
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        debug("web");
        node.advance(Duration.ofSeconds(2));
        assertThat(debugger().state().waiting())
                .satisfies(waiting -> assertThat(waiting.reason()).isEqualTo("ContainerCreating"));

        node.advance(Duration.ofSeconds(3));
        assertThat(debugger().state().running()).isNotNull();
    }

    @Test
    void runsBesideInitContainersThatHaveNotEnded() throws InterruptedException {
        node.driver.image("setup:1").thenRuns(Duration.ofMinutes(5), 0);
        node.create(
                "web", spec -> spec.initContainers(List.of(container("setup"))).containers(List.of(container("app"))));

        debug("web");

        assertThat(debugger().state().running()).isNotNull();
        assertThat(node.state("web", "app")).isEqualTo("PodInitializing");
    }

    @Test
    void endsWithItsPod() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(container("app"))));
        debug("web");

        node.delete("web", null);
        node.clock.settle();

        assertThat(node.events).contains("Killing: Stopping container debugger");
        assertThat(node.exists("web")).isFalse();
        assertThat(node.driver.sandboxCount()).isZero();
    }

    @Test
    void doesNotKeepAPodFromEnding() throws InterruptedException {
        node.driver.image("app:1").thenRuns(Duration.ofSeconds(5), 0);
        node.create("web", spec -> spec.restartPolicy("Never").containers(List.of(container("app"))));
        debug("web");

        node.advance(Duration.ofSeconds(5));

        assertThat(node.phase("web")).isEqualTo("Succeeded");
        assertThat(debugger().state().terminated()).isNotNull();
    }
}
