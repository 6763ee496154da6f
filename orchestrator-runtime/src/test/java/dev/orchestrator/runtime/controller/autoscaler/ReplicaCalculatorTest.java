package dev.orchestrator.runtime.controller.autoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.controller.autoscaler.ReplicaCalculator.Proposal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplicaCalculatorTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final PodGroups.Youth YOUTH =
            new PodGroups.Youth(NOW, Duration.ofMinutes(5), Duration.ofSeconds(30));
    private static final long REQUEST = 1000;

    private static Pod pod(int index, String phase, boolean isReady, Duration age, Duration sinceTransition) {
        var condition = PodConditionBuilder.builder()
                .type("Ready")
                .status(isReady ? "True" : "False")
                .lastTransitionTime(NOW.minus(sinceTransition))
                .build();
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("p" + index).build())
                .status(PodStatusBuilder.builder()
                        .phase(phase)
                        .startTime(NOW.minus(age))
                        .conditions(List.of(condition))
                        .build())
                .build();
    }

    private static Pod running(int index) {
        return pod(index, "Running", true, Duration.ofHours(1), Duration.ofMinutes(59));
    }

    /**
     * {@return the pods for a text of what each uses: a number, {@code -} for none, {@code pending}, {@code unready:}}
     */
    private static List<Pod> pods(String usages) {
        var pods = new ArrayList<Pod>();
        for (String usage : usages.split(" ", -1)) {
            int index = pods.size();
            pods.add(
                    usage.equals("pending")
                            ? pod(index, "Pending", false, Duration.ofMinutes(1), Duration.ofMinutes(1))
                            : usage.startsWith("unready:")
                                    ? pod(index, "Running", false, Duration.ofMinutes(1), Duration.ofSeconds(50))
                                    : usage.equals("failed")
                                            ? pod(index, "Failed", false, Duration.ofHours(1), Duration.ofHours(1))
                                            : running(index));
        }
        return pods;
    }

    private static Map<String, Measured> metrics(String usages) {
        var metrics = new HashMap<String, Measured>();
        String[] all = usages.split(" ", -1);
        for (int i = 0; i < all.length; i++) {
            String number = all[i].replace("unready:", "");
            if (number.matches("[0-9]+")) {
                metrics.put("p" + i, new Measured(Long.parseLong(number), NOW, Duration.ofSeconds(15)));
            }
        }
        return metrics;
    }

    private static Map<String, Long> requests(String usages) {
        var requests = new HashMap<String, Long>();
        for (int i = 0; i < usages.split(" ", -1).length; i++) {
            requests.put("p" + i, REQUEST);
        }
        return requests;
    }

    private static ReplicaCalculator calculator(int current, String usages, double tolerance) {
        return new ReplicaCalculator(current, pods(usages), new Tolerance(tolerance, tolerance), YOUTH);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            above the target                                  | 3 | 30 | 300 500 700             | 5 | 50
            as documented: 200m where 100m is wanted          | 1 | 10 | 200                     | 2 | 20
            below the target                                  | 5 | 50 | 100 300 500 250 250     | 3 | 28
            within the tolerance                              | 3 | 100 | 1010 1030 1020         | 3 | 102
            at the edge of the tolerance                      | 4 | 100 | 1100 1100 1100 1100    | 4 | 110
            just beyond it                                    | 4 | 100 | 1110 1110 1110 1110    | 5 | 111
            up, a missing pod uses nothing                    | 4 | 50 | 500 500 - 1400          | 5 | 80
            up, missing pods make the change none             | 3 | 50 | 1000 - -               | 3 | 100
            down, a missing pod uses all of its request       | 4 | 100 | 100 300 250 -          | 2 | 21
            down, a missing pod uses the target above 100     | 2 | 300 | 400 -                  | 2 | 40
            up, unready pods use nothing                      | 3 | 30 | unready:400 500 700      | 4 | 60
            up, an unready pod makes the change none          | 3 | 30 | unready:400 unready:500 700 | 3 | 70
            down, unready pods are left out                   | 5 | 50 | 100 300 500 unready:250 unready:250 | 2 | 30
            up, a pending pod uses nothing                    | 3 | 30 | pending 500 700          | 4 | 60
            up, a failed pod does not count                   | 2 | 50 | failed 500 700           | 3 | 60
            whole percents: a third is 33                     | 3 | 30 | 333 333 334              | 3 | 33
            """)
    void bringsTheShareOfRequestsToItsTarget(
            String scenario, int current, int target, String usages, int replicas, int utilization) throws Exception {
        Proposal proposal =
                calculator(current, usages, 0.1).byUtilization(metrics(usages), requests(usages), target, "cpu");

        assertThat(proposal.replicas()).as(scenario).isEqualTo(replicas);
        assertThat(proposal.utilization()).as(scenario).isEqualTo(utilization);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            above the target                     | 3 | 15000 | 20000 10000 30000  | 4 | 20000
            below the target                     | 4 | 50000 | 20000 20000 20000 20000 | 2 | 20000
            down, a missing pod is on target     | 3 | 20000 | 10000 10000 -      | 2 | 10000
            up, a missing pod has nothing        | 3 | 20000 | 50000 50000 -      | 5 | 50000
            unready pods count unless it is CPU  | 3 | 15000 | unready:20000 10000 30000 | 4 | 20000
            """)
    void bringsTheAverageOfPodsToItsTarget(
            String scenario, int current, long target, String usages, int replicas, long average) throws Exception {
        Proposal proposal = calculator(current, usages, 0.1).byAverage(metrics(usages), target, "");

        assertThat(proposal.replicas()).as(scenario).isEqualTo(replicas);
        assertThat(proposal.milli()).as(scenario).isEqualTo(average);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            above the target               | 3 | 30000 | 20000 | 5
            within the tolerance           | 3 | 21000 | 20000 | 3
            from nothing by the ratio      | 0 | 30000 | 20000 | 2
            from nothing to nothing        | 0 | 0     | 20000 | 0
            """)
    void bringsASharedValueToItsTarget(String scenario, int current, long value, long target, int replicas)
            throws Exception {
        assertThat(calculator(current, "0 0 0", 0.1).byValue(value, target).replicas())
                .as(scenario)
                .isEqualTo(replicas);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            as many as share it     | 2 | 40000  | 10000 | 4 | 20000
            within the tolerance    | 4 | 43000  | 10000 | 4 | 10750
            nothing to do           | 2 | 0      | 10000 | 0 | 0
            """)
    void sharesAValueAmongReplicas(String scenario, int present, long value, long target, int replicas, long share) {
        Proposal proposal = calculator(present, "0 0", 0.1).byShare(value, target, present);

        assertThat(proposal.replicas()).as(scenario).isEqualTo(replicas);
        assertThat(proposal.milli()).as(scenario).isEqualTo(share);
    }

    @Test
    void theToleranceOfEachDirectionIsItsOwn() throws Exception {
        var wide = new ReplicaCalculator(2, pods("1500 1500"), new Tolerance(0, 0.5), YOUTH);
        assertThat(wide.byUtilization(metrics("1500 1500"), requests("1500 1500"), 100, "cpu")
                        .replicas())
                .isEqualTo(2);

        var narrow = new ReplicaCalculator(2, pods("490 490"), new Tolerance(0, 0.5), YOUTH);
        assertThat(narrow.byUtilization(metrics("490 490"), requests("490 490"), 100, "cpu")
                        .replicas())
                .isEqualTo(1);
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> calculator(1, "unready:10", 0.1)
                        .byUtilization(metrics("unready:10"), requests("unready:10"), 50, "cpu"))
                .hasMessage("did not receive metrics for targeted pods (pods might be unready)");
        assertThatThrownBy(() ->
                        new ReplicaCalculator(1, List.of(), new Tolerance(0, 0), YOUTH).byAverage(Map.of(), 1, ""))
                .hasMessage("no pods returned by selector while calculating replica count");
    }

    @Test
    void aYoungPodCountsOnceItsWindowLiesBehindItsReadiness() {
        Pod young = pod(0, "Running", true, Duration.ofMinutes(1), Duration.ofSeconds(10));

        assertThat(PodGroups.of(List.of(young), Map.of("p0", measured(15)), "cpu", YOUTH)
                        .unready())
                .containsExactly("p0");
        assertThat(PodGroups.of(List.of(young), Map.of("p0", measured(10)), "cpu", YOUTH)
                        .unready())
                .isEmpty();
        assertThat(PodGroups.of(List.of(young), Map.of("p0", measured(15)), "memory", YOUTH)
                        .unready())
                .isEmpty();
    }

    private static Measured measured(int windowSeconds) {
        return new Measured(1, NOW, Duration.ofSeconds(windowSeconds));
    }
}
