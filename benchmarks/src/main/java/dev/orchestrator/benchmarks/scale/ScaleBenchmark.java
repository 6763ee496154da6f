package dev.orchestrator.benchmarks.scale;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Row;

/** 10,000 pods on 100 nodes: warm rounds in one JVM with the floor in between, and cold rounds in fresh ones. */
public final class ScaleBenchmark implements Benchmark {

    private static final String HEAP = "-Xmx2g";

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        var measured = new Measured();
        int jvms = isQuick ? 1 : 3;
        String rounds = isQuick ? "3" : "6";
        for (int jvm = 0; jvm < jvms; jvm++) {
            measured.add(ForkedJvm.of(FleetRounds.class, HEAP).run(log, "10000", "100", "1", rounds));
            measured.add(ForkedJvm.of(FleetRounds.class, HEAP).run(log, "10000", "100", "1", "0"));
            log.printf(
                    "warm %.0f ms (floor %.0f), cold %.0f ms (floor %.0f)%n",
                    measured.median("warm"),
                    measured.median("floor"),
                    measured.median("cold"),
                    measured.median("floor.cold"));
        }
        return List.of(
                row("warm", measured.median("warm"), measured.median("floor")),
                row("cold JVM", measured.median("cold"), measured.median("floor.cold")));
    }

    private static Row row(String state, double ours, double floor) {
        return Row.of("10,000 pods, 100 nodes, one Deployment, create to all Ready, " + state, seconds(ours))
                .floor("ring " + seconds(floor))
                .ratio(ours / floor, "floor")
                .target("<= 1.5 s", ours <= 1500);
    }

    static String seconds(double millis) {
        return Row.number(millis / 1000, "s");
    }
}
