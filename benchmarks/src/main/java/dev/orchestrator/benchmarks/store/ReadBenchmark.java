package dev.orchestrator.benchmarks.store;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Row;

/** Gets and lists, beside a sorted map in the same JVM. */
public final class ReadBenchmark implements Benchmark {

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        Measured measured = ForkedJvm.of(ReadRates.class, "-Xmx1g").run(log, isQuick ? "2" : "9");
        double get = measured.median("get");
        double list = measured.median("list");
        return List.of(
                Row.of("get of one of 10,000 pods, 1 thread", Row.number(get, "/s"))
                        .floor("map " + Row.number(measured.median("get.floor"), "/s"))
                        .ratio(measured.ratio("get", "get.floor"), "floor")
                        .target(">= 1,000,000/s", get >= 1e6),
                Row.of("list of 10,000 pods after a change, p50", Row.number(list, "ms"))
                        .floor("map " + Row.number(measured.median("list.floor"), "ms"))
                        .ratio(measured.ratio("list", "list.floor"), "floor")
                        .target("<= 1 ms", list <= 1));
    }
}
