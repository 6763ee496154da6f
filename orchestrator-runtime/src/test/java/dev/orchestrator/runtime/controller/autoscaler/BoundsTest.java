package dev.orchestrator.runtime.controller.autoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class BoundsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private static HorizontalPodAutoscalerSpec spec(int min, int max, String behavior) {
        String manifest = """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
                  minReplicas: MIN
                  maxReplicas: MAX
                  BEHAVIOR
                """.replace("MIN", "" + min).replace("MAX", "" + max).replace("BEHAVIOR", behavior);
        return ((HorizontalPodAutoscaler) Manifests.load(manifest).get(0)).spec();
    }

    private static Bounds bounds(HorizontalPodAutoscalerSpec spec, History history) {
        return new Bounds(spec, FIVE_MINUTES, history, NOW);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            within                | 3 | 5  | 5  | DesiredWithinRange
            twice as many at most | 5 | 20 | 10 | ScaleUpLimit
            but four in any case  | 1 | 20 | 4  | ScaleUpLimit
            not above the most    | 40 | 70 | 50 | TooManyReplicas
            not below the fewest  | 5 | 1  | 2  | TooFewReplicas
            """)
    void keepsWithinTheBoundsOfAll(String scenario, int current, int wanted, int replicas, String reason) {
        Bounds.Normalized result = bounds(spec(2, 50, ""), new History()).normalize(current, wanted);

        assertThat(result.limited().replicas()).as(scenario).isEqualTo(replicas);
        assertThat(result.limited().reason()).as(scenario).isEqualTo(reason);
        assertThat(result.isLimited()).as(scenario).isEqualTo(!reason.equals("DesiredWithinRange"));
    }

    @Test
    void goesDownToTheHighestOfTheLastFiveMinutes() {
        var history = new History();
        history.recommended(9, NOW.minusSeconds(301));
        history.recommended(7, NOW.minusSeconds(300));
        history.recommended(3, NOW.minusSeconds(15));

        Bounds.Normalized result = bounds(spec(1, 50, ""), history).normalize(9, 2);

        assertThat(result.limited().replicas()).isEqualTo(7);
        assertThat(result.stabilized().reason()).isEqualTo("ScaleDownStabilized");
        assertThat(result.stabilized().message())
                .isEqualTo("recent recommendations were higher than current one, applying the highest recent"
                        + " recommendation");
    }

    @ParameterizedTest(name = "up: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            the larger of two policies   | Max      | 10 | 30 | 20 | ScaleUpLimit
            the smaller of two policies  | Min      | 10 | 30 | 14 | ScaleUpLimit
            never                        | Disabled | 10 | 30 | 10 | ScaleUpLimit
            percents are rounded up      | Max      | 1  | 30 | 5  | ScaleUpLimit
            the most of all is less      | Max      | 30 | 60 | 50 | TooManyReplicas
            """)
    void goesUpAsFastAsPoliciesAllow(
            String scenario, String select, int current, int wanted, int replicas, String reason) {
        String behavior = "behavior: {scaleUp: {stabilizationWindowSeconds: 0, selectPolicy: " + select
                + ", policies: [{type: Percent, value: 100, periodSeconds: 60}, {type: Pods, value: 4, periodSeconds:"
                + " 60}]}, scaleDown: {stabilizationWindowSeconds: 0, selectPolicy: Max, policies: [{type: Percent,"
                + " value: 100, periodSeconds: 15}]}}";

        Bounds.Normalized result = bounds(spec(1, 50, behavior), new History()).normalize(current, wanted);

        assertThat(result.limited().replicas()).as(scenario).isEqualTo(replicas);
        assertThat(result.limited().reason()).as(scenario).isEqualTo(reason);
    }

    private static final String SLOW_DOWN = "behavior: {scaleUp: {stabilizationWindowSeconds: 60, selectPolicy: Max,"
            + " policies: [{type: Percent, value: 100, periodSeconds: 15}]}, scaleDown: {stabilizationWindowSeconds: 0,"
            + " selectPolicy: SELECT, policies: [{type: Percent, value: 10, periodSeconds: 60}, {type: Pods, value: 2,"
            + " periodSeconds: 60}]}}";

    @ParameterizedTest(name = "down: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            the larger change            | Max      | 40 | 1 | 36 | ScaleDownLimit
            the smaller change           | Min      | 40 | 1 | 38 | ScaleDownLimit
            never                        | Disabled | 40 | 1 | 40 | ScaleDownLimit
            down to the fewest           | Max      | 4  | 1 | 3  | TooFewReplicas
            """)
    void goesDownAsFastAsPoliciesAllow(
            String scenario, String select, int current, int wanted, int replicas, String reason) {
        Bounds.Normalized result = bounds(spec(3, 50, SLOW_DOWN.replace("SELECT", select)), new History())
                .normalize(current, wanted);

        assertThat(result.limited().replicas()).as(scenario).isEqualTo(replicas);
        assertThat(result.limited().reason()).as(scenario).isEqualTo(reason);
    }

    @Test
    void whatHasBeenDoneInThePeriodCounts() {
        var history = new History();
        history.rescaled(40, 37, NOW.minusSeconds(30));
        history.rescaled(44, 40, NOW.minusSeconds(61));

        Bounds bounds = bounds(spec(1, 50, SLOW_DOWN.replace("SELECT", "Max")), history);

        assertThat(bounds.normalize(37, 1).limited().replicas()).isEqualTo(36);
    }

    @Test
    void goesUpOnlyAsFarAsWasRecommendedAllTheTime() {
        var history = new History();
        history.recommended(12, NOW.minusSeconds(59));
        history.recommended(15, NOW.minusSeconds(15));

        Bounds.Normalized result =
                bounds(spec(1, 50, SLOW_DOWN.replace("SELECT", "Max")), history).normalize(10, 18);

        assertThat(result.stabilized().replicas()).isEqualTo(12);
        assertThat(result.stabilized().reason()).isEqualTo("ScaleUpStabilized");
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverLeavesTheRangeNorTurnsAround(long seed) {
        var random = new SplittableRandom(seed);
        int min = 1 + random.nextInt(5);
        int max = min + random.nextInt(40);
        int current = min + random.nextInt(max - min + 1);
        int wanted = random.nextInt(100);
        var history = new History();
        for (int i = random.nextInt(20); i > 0; i--) {
            history.recommended(random.nextInt(60), NOW.minusSeconds(i * 20L));
        }
        String[] select = {"Max", "Min", "Disabled"};
        String behavior = random.nextBoolean() ? "" : SLOW_DOWN.replace("SELECT", select[random.nextInt(3)]);

        int replicas = bounds(spec(min, max, behavior), history)
                .normalize(current, wanted)
                .limited()
                .replicas();

        assertThat(replicas).as("seed %d", seed).isBetween(min, max);
        if (wanted <= current && !behavior.isEmpty()) {
            assertThat(replicas).as("seed %d", seed).isLessThanOrEqualTo(current);
        }
    }
}
