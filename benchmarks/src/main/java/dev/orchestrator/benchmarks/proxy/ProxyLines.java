package dev.orchestrator.benchmarks.proxy;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Row;

/** The service proxy beside HAProxy, as lines of the table. */
public final class ProxyLines implements Benchmark {

    private static final String OURS = "ours.";
    private static final String HAPROXY = "haproxy.";

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        Measured measured =
                ForkedJvm.of(ProxyBenchmark.class).run(log, isQuick ? new String[] {"1", "2", "256"} : new String[] {});
        return List.of(
                line(measured, "keep-alive requests, 64 connections", "KEEP_ALIVE", "/s", 0.97),
                line(measured, "new connections", "CONNECTIONS", "/s", 0.93),
                line(measured, "one bulk stream", "BULK", "GB/s", 1.05),
                line(measured, "CPU per request", "CPU_PER_REQUEST", "us", -1.0));
    }

    // A negative bound is an upper one.
    private static Row line(Measured measured, String what, String metric, String unit, double bound) {
        double ratio = measured.ratio(OURS + metric, HAPROXY + metric);
        boolean isUpper = bound < 0;
        return Row.of("service proxy, " + what, Row.number(measured.median(OURS + metric), unit))
                .peer("HAProxy " + Row.number(measured.median(HAPROXY + metric), unit))
                .ratio(ratio, "HAProxy")
                .target(
                        (isUpper ? "<= " : ">= ") + Row.number(Math.abs(bound)) + " x",
                        isUpper ? ratio <= -bound : ratio >= bound);
    }
}
