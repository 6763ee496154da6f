package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import dev.orchestrator.api.model.core.ExecAction;
import dev.orchestrator.api.model.core.Lifecycle;
import dev.orchestrator.api.model.core.LifecycleHandler;
import dev.orchestrator.runtime.kubelet.ScriptedDriver.Fault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the driver does, pods get where they should, and nothing ever runs twice. */
class DriverFaultsPropertyTest {

    private static final int PODS = 4;
    private static final List<Fault> FAULTS =
            List.of(Fault.THROW, Fault.THROW_AFTER, Fault.HANG, Fault.HANG_AFTER, Fault.BUG);

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void convergesOnceTheFaultsEndAndNeverRunsAnythingTwice(long seed) throws InterruptedException {
        var random = new SplittableRandom(seed);
        try (TestNode node = TestNode.started()) {
            var calls = new AtomicLong(seed * 1_000_003);
            node.driver.faults((call, about) -> fault(calls.incrementAndGet()));
            var hook = new LifecycleHandler(new ExecAction(List.of("hook")), null, null, null);
            for (int i = 0; i < PODS; i++) {
                boolean hasInit = i % 2 == 0;
                node.driver.image("init:1").thenRuns(Duration.ofSeconds(1), 0);
                node.create(
                        "pod-" + i,
                        spec -> spec.initContainers(hasInit ? List.of(container("init")) : List.of())
                                .containers(List.of(
                                        container("app", c -> c.lifecycle(new Lifecycle(null, hook, null))),
                                        container("two"))));
            }
            for (int step = 0; step < 12; step++) {
                node.advance(Duration.ofSeconds(1 + random.nextInt(90)));
                disturb(node, random);
            }
            node.delete("pod-0", (long) random.nextInt(3));
            node.advance(Duration.ofSeconds(random.nextInt(200)));

            node.driver.faults((call, about) -> Fault.NONE);
            node.driver.eventsLost();
            node.advance(Duration.ofMinutes(20));

            assertThat(node.driver.violations()).as("seed %d", seed).isEmpty();
            for (int i = 1; i < PODS; i++) {
                assertThat(node.pod("pod-" + i).isReady())
                        .as("seed %d, pod %d", seed, i)
                        .isTrue();
            }
            assertThat(node.exists("pod-0")).as("seed %d", seed).isFalse();
            assertThat(node.driver.sandboxes().stream().filter(sandbox -> sandbox.ready()))
                    .as("seed %d: one sandbox a pod", seed)
                    .hasSize(PODS - 1);
            assertThat(node.driver.sandboxes())
                    .as("seed %d: nothing of a pod that is gone", seed)
                    .noneMatch(sandbox -> sandbox.podName().equals("pod-0"));
        }
    }

    // Calls come from several threads; their order decides who gets which fault, not whether the property holds.
    private static Fault fault(long call) {
        var dice = new SplittableRandom(call);
        return dice.nextInt(100) < 70 ? Fault.NONE : FAULTS.get(dice.nextInt(FAULTS.size()));
    }

    private static void disturb(TestNode node, SplittableRandom random) throws InterruptedException {
        String pod = "pod-" + random.nextInt(PODS);
        try {
            switch (random.nextInt(5)) {
                case 0 -> node.driver.kill(pod, "app", 1);
                case 1 -> node.driver.vanish(pod, "two");
                case 2 -> node.driver.breakSandbox(pod);
                case 3 -> node.driver.loseEvents();
                default -> node.driver.eventsLost();
            }
        } catch (java.util.NoSuchElementException nothingRunsThere) {
            assertThat(nothingRunsThere).isNotNull();
        }
        node.clock.settle();
    }
}
