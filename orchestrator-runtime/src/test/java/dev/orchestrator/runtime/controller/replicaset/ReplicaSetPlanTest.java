package dev.orchestrator.runtime.controller.replicaset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.controller.replicaset.Observation.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.orchestrator.runtime.controller.replicaset.Pods.NOW;
import static dev.orchestrator.runtime.controller.replicaset.Pods.pod;
import static dev.orchestrator.runtime.controller.replicaset.Pods.ready;
import static dev.orchestrator.runtime.controller.replicaset.Pods.set;
import static org.assertj.core.api.Assertions.assertThat;

class ReplicaSetPlanTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing runs yet                       | 3 | 0 | 0 | 0 | 3 | 0
        converged                              | 3 | 3 | 0 | 0 | 0 | 0
        scaled down by two                     | 1 | 3 | 0 | 0 | 0 | 2
        scaled to nothing                      | 0 | 2 | 0 | 0 | 0 | 2
        a terminating pod is replaced          | 3 | 2 | 1 | 0 | 1 | 0
        a finished pod is replaced             | 3 | 2 | 0 | 1 | 1 | 0
        neither is deleted when scaling down   | 1 | 1 | 2 | 2 | 0 | 0
        """)
    void closesTheGap(String scenario, int wanted, int running, int terminating, int finished, int create, int delete) {
        var pods = new ArrayList<Pod>();
        IntStream.range(0, running).forEach(i -> pods.add(ready("r" + i)));
        IntStream.range(0, terminating)
                .forEach(i -> pods.add(pod("t" + i).terminating().build()));
        IntStream.range(0, finished)
                .forEach(i -> pods.add(pod("f" + i).phase("Failed").build()));

        var plan = ReplicaSetPlan.of(set(wanted, 0), pods, () -> pods, NOW);

        assertThat(plan.create()).as(scenario).isEqualTo(create);
        assertThat(plan.delete()).as(scenario).hasSize(delete).allMatch(Pod::isActive);
    }

    @Test
    void leavesThePodsOfATerminatingReplicaSetAlone() {
        var set = set(3, 0);
        var terminating = ReplicaSetBuilder.builder(set)
                .metadata(ObjectMetaBuilder.builder(set.metadata())
                        .deletionTimestamp(NOW)
                        .build())
                .build();

        assertThat(ReplicaSetPlan.of(terminating, List.of(), List::of, NOW))
                .isEqualTo(new ReplicaSetPlan(0, List.of()));
    }

    @Test
    void countsWhatPodsAmountTo() {
        var pods = List.of(
                ready("a"),
                pod("b").readyFor(Duration.ofSeconds(10)).build(),
                pod("c").readyFor(Duration.ofSeconds(25)).build(),
                pod("d").labels(Map.of("app", "web", "extra", "x")).build(),
                pod("e").labels(Map.of("app", "other")).build(),
                pod("f").terminating().build(),
                pod("g").terminating().phase("Failed").build(),
                pod("h").phase("Succeeded").build());

        var observation = Observation.of(set(5, 30), pods, null, NOW);

        var status = observation.status();
        assertThat(status.replicas()).isEqualTo(5);
        assertThat(status.fullyLabeledReplicas()).isEqualTo(4);
        assertThat(status.readyReplicas()).isEqualTo(3);
        assertThat(status.availableReplicas()).isEqualTo(1);
        assertThat(status.terminatingReplicas()).isEqualTo(1);
        assertThat(status.observedGeneration()).isEqualTo(3);
        assertThat(observation.nextAvailable()).contains(NOW.plusSeconds(5));
    }

    @Test
    void aPodIsAvailableTheMomentItHasBeenReadyForLongEnough() {
        var observation = Observation.of(
                set(1, 30), List.of(pod("a").readyFor(Duration.ofSeconds(30)).build()), null, NOW);

        assertThat(observation.status().availableReplicas()).isEqualTo(1);
        assertThat(observation.nextAvailable()).isEmpty();
    }

    @Test
    void aFailureStaysAsItWasFirstReportedUntilItIsOver() {
        var failing = Observation.of(set(1, 0), List.of(), new Failure("FailedCreate", "no room"), NOW)
                .status();
        var set = ReplicaSetBuilder.builder(set(1, 0)).status(failing).build();

        var later = Observation.of(set, List.of(), new Failure("FailedCreate", "still none"), NOW.plusSeconds(60));
        var over = Observation.of(set, List.of(), null, NOW.plusSeconds(90));

        assertThat(failing.conditions()).hasSize(1);
        assertThat(later.status().conditions()).isEqualTo(failing.conditions());
        assertThat(over.status().conditions()).isEmpty();
    }
}
