package dev.orchestrator.runtime.controller.disruption;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.Condition;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetSpecBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetStatusBuilder;
import dev.orchestrator.runtime.story.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class BudgetTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static PodDisruptionBudget budget(@Nullable String least, @Nullable String most) {
        return PodDisruptionBudgetBuilder.builder()
                .metadata(Objects.meta("default", "web"))
                .spec(PodDisruptionBudgetSpecBuilder.builder()
                        .minAvailable(least == null ? null : IntOrString.parse(least))
                        .maxUnavailable(most == null ? null : IntOrString.parse(most))
                        .selector(new LabelSelector(List.of(), Map.of("app", "web")))
                        .build())
                .build();
    }

    private static List<Pod> pods(int ready, int unready) {
        var pods = new ArrayList<Pod>();
        for (int i = 0; i < ready + unready; i++) {
            pods.add(PodBuilder.builder(Objects.pod("p" + i))
                    .status(PodStatusBuilder.builder()
                            .phase("Running")
                            .conditions(List.of(PodConditionBuilder.builder()
                                    .type("Ready")
                                    .status(i < ready ? "True" : "False")
                                    .build()))
                            .build())
                    .build());
        }
        return pods;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        a number that must stay                 | 2   | -    | 3 of 3 | 3  | 2 | 1
        a number that there is not              | 5   | -    | 3 of 3 | 3  | 5 | 0
        those that are not ready do not count   | 2   | -    | 2 of 3 | 3  | 2 | 0
        a share of the scale, rounded up        | 50% | -    | 5 of 5 | 5  | 3 | 2
        a share of a scale not reached yet      | 50% | -    | 5 of 5 | 10 | 5 | 0
        a number that may go                    | -   | 1    | 3 of 3 | 3  | 2 | 1
        more may go than there are              | -   | 7    | 3 of 3 | 3  | 0 | 3
        a share that may go, rounded up         | -   | 30%  | 7 of 7 | 7  | 4 | 3
        none may go                             | -   | 0    | 3 of 3 | 3  | 3 | 0
        all may go                              | -   | 100% | 3 of 3 | 3  | 0 | 3
        there is nothing                        | -   | 1    | 0 of 0 | 0  | 0 | 0
        """)
    void countsWhatMayGo(
            String scenario,
            @Nullable String least,
            @Nullable String most,
            String readyOfAll,
            int scale,
            int desired,
            int allowed) {
        String[] numbers = readyOfAll.split(" of ", 2);
        int ready = Integer.parseInt(numbers[0]);
        Budget counted = Budget.of(
                budget(least, most),
                pods(ready, Integer.parseInt(numbers[1]) - ready),
                pods -> new Scales.Wanted(scale, List.of(), null),
                NOW);

        assertThat(counted.status().currentHealthy()).as(scenario).isEqualTo(ready);
        assertThat(counted.status().desiredHealthy()).as(scenario).isEqualTo(desired);
        assertThat(counted.status().disruptionsAllowed()).as(scenario).isEqualTo(allowed);
        assertThat(counted.status().conditions())
                .as(scenario)
                .extracting(Condition::status, Condition::reason)
                .containsExactly(allowed > 0 ? tuple("True", "SufficientPods") : tuple("False", "InsufficientPods"));
    }

    @Test
    void aPodThatIsAboutToGoIsNotHealthy() {
        PodDisruptionBudget budget = budget("1", null);
        PodDisruptionBudget evicting = PodDisruptionBudgetBuilder.builder(budget)
                .status(PodDisruptionBudgetStatusBuilder.builder()
                        .disruptedPods(Map.of("p0", NOW.minusSeconds(30), "p1", NOW.minusSeconds(121), "gone", NOW))
                        .build())
                .build();

        Budget counted = Budget.of(evicting, pods(3, 0), pods -> new Scales.Wanted(3, List.of(), null), NOW);

        assertThat(counted.status().currentHealthy()).isEqualTo(2);
        assertThat(counted.status().disruptedPods()).containsOnlyKeys("p0");
        assertThat(counted.undeleted()).extracting(pod -> pod.key().name()).containsExactly("p1");
        assertThat(counted.recheck()).contains(NOW.plusSeconds(90));
    }

    @Test
    void nothingMayGoWhenTheScaleCanNotBeTold() {
        Budget counted =
                Budget.of(budget("50%", null), pods(3, 0), pods -> new Scales.Wanted(0, List.of(), "no scale"), NOW);

        assertThat(counted.status().disruptionsAllowed()).isZero();
        assertThat(counted.status().conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.reason()).isEqualTo("SyncFailed");
            assertThat(condition.message()).isEqualTo("no scale");
        });
    }
}
