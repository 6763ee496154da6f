package dev.orchestrator.benchmarks.scale;

import java.time.Duration;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.memory.InMemoryDriver;

import static dev.orchestrator.api.draft.Drafts.statefulSet;

/** Starts a stateful set whose pods come one after the other, again and again. Arguments: pods, rounds. */
final class OrderedRounds {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private OrderedRounds() {}

    public static void main(String[] arguments) throws InterruptedException {
        int pods = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        for (int round = 0; round < rounds; round++) {
            Measured.print(System.out, round == 0 ? "cold" : "warm", millis(pods));
            System.gc();
        }
    }

    private static double millis(int pods) throws InterruptedException {
        try (var cluster = Orchestrator.start(new InMemoryDriver())) {
            long begin = System.nanoTime();
            cluster.create(
                    statefulSet("db").replicas(pods).serviceName("db").container("db", c -> c.image(Fleet.IMAGE)));
            cluster.statefulSets().named("db").awaitRollout(PATIENCE);
            return (System.nanoTime() - begin) / 1e6;
        }
    }
}
