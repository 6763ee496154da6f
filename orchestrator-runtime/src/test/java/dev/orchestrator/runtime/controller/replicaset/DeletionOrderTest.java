package dev.orchestrator.runtime.controller.replicaset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.orchestrator.api.model.core.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.orchestrator.runtime.controller.replicaset.Pods.NOW;
import static dev.orchestrator.runtime.controller.replicaset.Pods.pod;
import static dev.orchestrator.runtime.controller.replicaset.Pods.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class DeletionOrderTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    static Stream<Arguments> preferences() {
        return Stream.of(
                arguments("unassigned before pending", pod("a").unassigned(), pod("b").phase("Pending")),
                arguments("pending before unknown", pod("a").phase("Pending"), pod("b").phase("Unknown")),
                arguments("unknown before running", pod("a").phase("Unknown"), pod("b")),
                arguments("not ready before ready", pod("a"), pod("b").readyFor(MINUTE)),
                arguments(
                        "not ready before cheap",
                        pod("a").cost("100"),
                        pod("b").readyFor(MINUTE).cost("-100")),
                arguments("cheap before dear", pod("a").readyFor(DAY).cost("-1"), pod("b").readyFor(MINUTE)),
                arguments(
                        "no number costs nothing",
                        pod("a").readyFor(DAY).cost("-1"),
                        pod("b").readyFor(MINUTE).cost("-2.5")),
                arguments(
                        "cheap before crowded",
                        pod("a").on("quiet").readyFor(DAY).cost("-1"),
                        pod("b").on("crowded").readyFor(MINUTE)),
                arguments(
                        "crowded before newly ready",
                        pod("a").on("crowded").readyFor(DAY),
                        pod("b").on("quiet").readyFor(MINUTE)),
                arguments("newly ready before long ready", pod("b").readyFor(MINUTE), pod("a").readyFor(DAY)),
                arguments(
                        "ready for about as long: by uid",
                        pod("a").readyFor(Duration.ofSeconds(62)),
                        pod("b").readyFor(MINUTE)),
                arguments(
                        "newly ready before often restarted",
                        pod("b").readyFor(MINUTE),
                        pod("a").readyFor(DAY).restarts(9)),
                arguments(
                        "often restarted before seldom restarted",
                        pod("b").readyFor(DAY).restarts(9).age(DAY),
                        pod("a").readyFor(DAY).restarts(1).age(MINUTE)),
                arguments("young before old", pod("b").age(MINUTE), pod("a").age(DAY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("preferences")
    void prefers(String claim, Pods first, Pods second) {
        Pod victim = first.build();
        Pod survivor = second.build();
        var related = List.of(
                victim,
                survivor,
                pod("r1").on("crowded").build(),
                pod("r2").on("crowded").build(),
                pod("r3").on("quiet").terminating().build(),
                pod("r4").on("quiet").phase("Failed").build());

        assertThat(DeletionOrder.choose(List.of(victim, survivor), 1, related, NOW))
                .as(claim)
                .containsExactly(victim);
        assertThat(DeletionOrder.choose(List.of(survivor, victim), 1, related, NOW))
                .as(claim)
                .containsExactly(victim);
    }

    @Test
    void takesAllWithoutRankingThem() {
        var pods = List.of(ready("a"), ready("b"));

        assertThat(DeletionOrder.choose(pods, 2, List.of(), NOW)).isEqualTo(pods);
    }

    @Test
    void choosesTheSamePodsInWhateverOrderTheyCome() {
        var pods = new ArrayList<Pod>();
        for (int i = 0; i < 50; i++) {
            pods.add(pod("p" + i)
                    .on("node-" + i % 3)
                    .readyFor(Duration.ofSeconds(1L << (i % 12)))
                    .restarts(i % 4)
                    .build());
        }
        List<Pod> expected = DeletionOrder.choose(pods, 20, pods, NOW);

        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(pods, new Random(seed));

            assertThat(DeletionOrder.choose(pods, 20, pods, NOW))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(expected);
        }
    }
}
