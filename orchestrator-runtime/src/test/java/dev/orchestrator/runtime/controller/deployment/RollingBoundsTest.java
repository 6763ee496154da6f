package dev.orchestrator.runtime.controller.deployment;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How many pods a rollout may leave, at the limits of the numbers. */
class RollingBoundsTest {

    @Test
    void asManyPodsAsANumberCanSayAreNotFewerThanNone() {
        assertThat(new RollingBounds(2_000_000_000, 500_000_000, 0).maxPods()).isEqualTo(Integer.MAX_VALUE);
        assertThat(new RollingBounds(10, 3, 2).maxPods()).isEqualTo(13);
        assertThat(new RollingBounds(10, 3, 2).minAvailable()).isEqualTo(8);
    }
}
