package dev.orchestrator.benchmarks.scale;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Row;

/** A stateful set of 100 pods, each of which waits for the one before it. */
public final class OrderedBenchmark implements Benchmark {

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        var measured = new Measured();
        measured.add(ForkedJvm.of(OrderedRounds.class, "-Xmx1g").run(log, "100", isQuick ? "2" : "6"));
        return List.of(row("warm", measured.median("warm")), row("cold JVM", measured.median("cold")));
    }

    private static Row row(String state, double millis) {
        return Row.of("StatefulSet of 100, OrderedReady, create to all Ready, " + state, ScaleBenchmark.seconds(millis))
                .target("<= 2 s", millis <= 2000);
    }
}
