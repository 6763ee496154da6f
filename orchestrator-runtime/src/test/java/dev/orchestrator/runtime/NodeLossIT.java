package dev.orchestrator.runtime;

import java.time.Duration;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.Propagation;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.Test;

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
}
