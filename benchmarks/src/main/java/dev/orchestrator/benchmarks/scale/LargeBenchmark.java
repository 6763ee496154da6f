package dev.orchestrator.benchmarks.scale;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Row;

/** 150,000 pods on 5,000 nodes: from nothing to all ready in a cold JVM, memory, and the replacement of single pods. */
public final class LargeBenchmark implements Benchmark {

    private static final String HEAP = System.getenv().getOrDefault("LARGE_HEAP", "2g");

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        Measured measured = ForkedJvm.of(LargeCluster.class, "-Xmx" + HEAP)
                .run(
                        log,
                        isQuick ? "15000" : "150000",
                        isQuick ? "500" : "5000",
                        isQuick ? "30" : "300",
                        isQuick ? "100" : "500");
        double millis = measured.median("millis");
        double heap = measured.median("heap");
        double p50 = measured.median("heal.p50");
        double p99 = measured.median("heal.p99");
        double floor = measured.median("floor");
        String what = isQuick ? "15,000 pods, 500 nodes, 30 Deployments" : "150,000 pods, 5,000 nodes, 300 Deployments";
        return List.of(
                Row.of(
                                what + ", to all Ready, cold JVM, -Xmx" + HEAP,
                                "%s (CPU %s)"
                                        .formatted(
                                                ScaleBenchmark.seconds(millis),
                                                ScaleBenchmark.seconds(measured.median("cpu"))))
                        .floor("warm ring " + ScaleBenchmark.seconds(floor))
                        .ratio(millis / floor, "floor")
                        .target("<= 25 s", millis <= 25_000),
                Row.of("the same a second time in that JVM", ScaleBenchmark.seconds(measured.median("warm")))
                        .floor("warm ring " + ScaleBenchmark.seconds(floor))
                        .ratio(measured.median("warm") / floor, "floor"),
                Row.of(
                                "its heap after a full collection",
                                "%s (peak %s)"
                                        .formatted(Row.number(heap, "MB"), Row.number(measured.median("peak"), "MB")))
                        .target("<= 900 MB", heap <= 900),
                Row.of(
                                "one of its pods deleted, until its replacement is Ready, p50 / p99 / max",
                                "%s / %s / %s"
                                        .formatted(
                                                Row.number(p50, "ms"),
                                                Row.number(p99, "ms"),
                                                Row.number(measured.median("heal.max"), "ms")))
                        .target("p50 <= 2 ms, p99 <= 20 ms", p50 <= 2 && p99 <= 20));
    }
}
