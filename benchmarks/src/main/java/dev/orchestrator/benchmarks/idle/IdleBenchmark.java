package dev.orchestrator.benchmarks.idle;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Row;

/** CPU time of an idle cluster. */
public final class IdleBenchmark implements Benchmark {

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        String[] seconds = isQuick ? new String[] {"10", "20"} : new String[] {"60", "60"};
        Measured measured = ForkedJvm.of(IdleCluster.class, "-Xmx512m").run(log, seconds);
        double floor =
                ForkedJvm.of(ProbeFloor.class, "-Xmx512m").run(log, seconds).median("percent");
        double percent = measured.median("percent");
        return List.of(Row.of(
                        "idle cluster of 1,000 ready pods with HTTP probes every 10 s",
                        "%s of a core, %s"
                                .formatted(Row.number(percent, "%"), Row.number(measured.median("probes"), "probes/s")))
                .floor("plain Java " + Row.number(floor, "%"))
                .ratio(percent / floor, "floor")
                .target("< 3 %", percent < 3 && measured.median("probes") > 95));
    }
}
