package dev.orchestrator.benchmarks.store;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Row;

/** From a commit to the callbacks of 100 watchers, beside the ring floor in the same JVM. */
public final class WatchBenchmark implements Benchmark {

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        Measured measured =
                ForkedJvm.of(WatchDelays.class, "-Xmx1g").run(log, isQuick ? "2" : "7", isQuick ? "300" : "1000");
        double p50 = measured.median("p50");
        double p99 = measured.median("p99");
        return List.of(Row.of("watch, commit to callback, 100 watchers, p50 / p99", delays(p50, p99))
                .floor("ring " + delays(measured.median("floor.p50"), measured.median("floor.p99")))
                .ratio(measured.ratio("p50", "floor.p50"), "floor p50")
                .target("p50 <= 50 us, p99 <= 1 ms", p50 <= 50 && p99 <= 1000));
    }

    private static String delays(double p50, double p99) {
        return Row.number(p50, "us") + " / " + Row.number(p99, "us");
    }
}
