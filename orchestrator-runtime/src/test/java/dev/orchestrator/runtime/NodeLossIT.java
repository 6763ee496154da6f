package dev.orchestrator.runtime;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.Propagation;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.pod;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of pods whose node is away for a while. */
class NodeLossIT {

    private final ManualClock clock = new ManualClock();

    @Test
    void removesWhatIsLeftOfAPodThatWasForceDeletedMeanwhile() throws InterruptedException {
        var driver = new InMemoryDriver();
        String node = driver.nodes().getFirst().name();
        try (Orchestrator cluster = Orchestrator.builder(driver).time(clock).start()) {
            cluster.apply(pod("web").container("web", c -> c.image("web:1")));
            clock.settle();
            driver.node(node).down();
            clock.settle();

            cluster.pods().named("web").delete(Propagation.BACKGROUND, Duration.ZERO);
            clock.settle();
            assertThat(cluster.pods().named("web").exists()).isFalse();

            driver.node(node).up();
            clock.advance(Duration.ofSeconds(5));
            assertThat(driver.sandboxes()).isEmpty();
        }
    }

    @Test
    void podsOfALostNodeAreReplacedElsewhereWhenTheirTolerationsHaveExpired() throws InterruptedException {
        InMemoryDriver driver = InMemoryDriver.builder()
                .node("a", a -> {})
                .node("b", b -> {})
                .node("c", c -> {})
                .build();
        try (Orchestrator cluster = Orchestrator.builder(driver).time(clock).start()) {
            cluster.apply(deployment("web").replicas(6).container("web", c -> c.image("web:1")));
            clock.settle();
            List<String> lost = on(cluster, "a");
            assertThat(lost).isNotEmpty();

            driver.node("a").down();
            clock.advance(Duration.ofSeconds(299));
            assertThat(cluster.deployments().named("web").get().status().readyReplicas())
                    .isEqualTo(6 - lost.size());
            assertThat(on(cluster, "a")).isEqualTo(lost);

            clock.advance(Duration.ofSeconds(1));
            assertThat(cluster.deployments().named("web").get().status().readyReplicas())
                    .isEqualTo(6);
            // Nobody can say that they have ended until the node is back.
            assertThat(on(cluster, "a")).isEqualTo(lost);
            assertThat(cluster.pods().named(lost.getFirst()).get().metadata().isTerminating())
                    .isTrue();

            driver.node("a").up();
            clock.advance(Duration.ofSeconds(60));
            assertThat(on(cluster, "a")).isEmpty();
            assertThat(cluster.pods().list()).hasSize(6);
        }
    }

    @Test
    void podsOfANodeThatIsBackInTimeStay() throws InterruptedException {
        InMemoryDriver driver =
                InMemoryDriver.builder().node("a", a -> {}).node("b", b -> {}).build();
        try (Orchestrator cluster = Orchestrator.builder(driver).time(clock).start()) {
            cluster.apply(deployment("web").replicas(4).container("web", c -> c.image("web:1")));
            clock.settle();
            List<String> pods = on(cluster, "a");

            driver.node("a").down();
            clock.advance(Duration.ofSeconds(299));
            driver.node("a").up();
            clock.advance(Duration.ofMinutes(10));

            assertThat(on(cluster, "a")).isEqualTo(pods);
            assertThat(cluster.deployments().named("web").get().status().readyReplicas())
                    .isEqualTo(4);
        }
    }

    private static List<String> on(Orchestrator cluster, String node) {
        return cluster.pods().list().stream()
                .filter(pod -> node.equals(pod.spec().nodeName()))
                .map(pod -> pod.metadata().nameOrEmpty())
                .sorted()
                .toList();
    }
}
