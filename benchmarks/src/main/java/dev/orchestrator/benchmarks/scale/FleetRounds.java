package dev.orchestrator.benchmarks.scale;

import java.util.stream.IntStream;

import dev.orchestrator.benchmarks.floor.FloorRun;
import dev.orchestrator.benchmarks.report.Measured;

/**
 * Starts a fleet again and again, the ring floor in between. Arguments: pods, nodes, deployments, rounds; the first
 * round of the JVM is reported as cold. With rounds = 0 only the floor runs once, cold.
 */
final class FleetRounds {

    private FleetRounds() {}

    public static void main(String[] arguments) throws InterruptedException {
        int[] numbers = IntStream.range(0, 4)
                .map(index -> Integer.parseInt(arguments[index]))
                .toArray();
        var fleet = new Fleet(numbers[0], numbers[1], numbers[2]);
        int rounds = numbers[3];
        if (rounds == 0) {
            Measured.print(System.out, "floor.cold", FloorRun.millis(fleet.pods()));
            return;
        }
        for (int round = 0; round < rounds; round++) {
            Measured.print(System.out, round == 0 ? "cold" : "warm", ours(fleet));
            System.gc();
            double floor = FloorRun.millis(fleet.pods());
            // The floor has its own warm-up: with ours it shares no code.
            if (round > 0) {
                Measured.print(System.out, "floor", floor);
            }
            System.gc();
        }
    }

    private static double ours(Fleet fleet) throws InterruptedException {
        try (var cluster = fleet.cluster()) {
            return fleet.start(cluster) / 1e6;
        }
    }
}
