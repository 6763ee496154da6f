package dev.orchestrator.runtime;

import java.time.Duration;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.scheduling.PriorityClassBuilder;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.priorityClass;
import static org.assertj.core.api.Assertions.assertThat;

/** Priority classes, from admission to the kubelet that ends the victim. */
@Timeout(60)
class PreemptionIT {

    private final ManualClock clock = new ManualClock();

    @Test
    void anImportantPodTakesThePlaceOfAReplica() throws InterruptedException {
        var driver =
                InMemoryDriver.builder().node("only", node -> node.cpu("1")).build();
        try (Orchestrator cluster = Orchestrator.builder(driver).time(clock).start()) {
            cluster.apply(priorityClass("important")
                    .spec(given ->
                            PriorityClassBuilder.builder(given).value(1000).build()));
            cluster.apply(deployment("batch")
                    .replicas(1)
                    .container("main", c -> c.image("batch:1").request("cpu", "800m")));
            clock.settle();
            Pod replica = cluster.pods().list().getFirst();
            assertThat(replica.isReady()).isTrue();

            cluster.apply(pod("db")
                    .podSpec(spec -> spec.priorityClassName("important"))
                    .container("main", c -> c.image("db:1").request("cpu", "800m")));
            clock.advance(Duration.ofSeconds(40));

            Pod db = cluster.pods().named("db").get();
            assertThat(db.spec().priority()).isEqualTo(1000);
            assertThat(db.isReady()).isTrue();
            assertThat(db.status().nominatedNodeName()).isNull();
            // The deployment wants its replica back, and has to wait.
            assertThat(cluster.pods().list())
                    .filteredOn(each -> !each.key().name().equals("db"))
                    .singleElement()
                    .satisfies(waiting -> {
                        assertThat(waiting.metadata().uid())
                                .isNotEqualTo(replica.metadata().uid());
                        assertThat(waiting.condition("PodScheduled")
                                        .orElseThrow()
                                        .message())
                                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are"
                                        + " available: 1 No preemption victims found for incoming pod.");
                    });
        }
    }
}
