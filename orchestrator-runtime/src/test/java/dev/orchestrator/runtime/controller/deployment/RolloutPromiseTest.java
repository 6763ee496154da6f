package dev.orchestrator.runtime.controller.deployment;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThatCode;

/** Never more pods than replicas and surge, never fewer available than allowed, whatever happens. */
class RolloutPromiseTest {

    private static final int STEPS = 150;

    static IntStream blocksOfSeeds() {
        return IntStream.range(0, 30);
    }

    @ParameterizedTest(name = "seeds {0}00 to {0}99")
    @MethodSource("blocksOfSeeds")
    void holdsUnderEditsLossesAndDelays(int block) {
        for (long seed = block * 100L; seed < (block + 1) * 100L; seed++) {
            long chosen = seed;
            assertThatCode(() -> run(chosen)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }

    private static void run(long seed) {
        var rollout = new SimulatedRollout(seed);
        for (int i = 0; i < STEPS; i++) {
            rollout.anything();
        }
        rollout.finish();
    }

    @Test
    void endsWithoutAnyDisturbance() {
        new SimulatedRollout(1).finish();
    }
}
