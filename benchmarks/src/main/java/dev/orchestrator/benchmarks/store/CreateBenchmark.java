package dev.orchestrator.benchmarks.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Row;

/** Creates a second, beside the ring floor in the same JVM and beside etcd on tmpfs, in turn. */
public final class CreateBenchmark implements Benchmark {

    private static final String PUTS = "dev.orchestrator.benchmarks.etcd.EtcdPuts";

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        int large = isQuick ? 41_000 : 150_000;
        var measured = new Measured();
        for (int round = 0; round < (isQuick ? 1 : 3); round++) {
            measured.add(ForkedJvm.of(CreateRates.class, "-Xms4g", "-Xmx4g").run(log, Integer.toString(large)));
            Optional<ForkedJvm> etcd = etcd();
            if (etcd.isPresent()) {
                measured.add(etcd.get().run(log, isQuick ? "2" : "5", "1417"));
            }
            log.printf(
                    "round %d: %,.0f/s by 1 thread, %,.0f/s by 16, floor %,.0f/s, etcd %,.0f/s%n",
                    round,
                    measured.median("t1.small"),
                    measured.median("t16.small"),
                    measured.median("floor"),
                    best(measured));
        }
        return rows(measured, large);
    }

    // jetcd needs another class path than the mock server.
    private static Optional<ForkedJvm> etcd() throws IOException {
        String file = System.getenv("ETCD_CLASS_PATH");
        return file == null
                ? Optional.empty()
                : Optional.of(new ForkedJvm(
                        PUTS,
                        List.of("--sun-misc-unsafe-memory-access=allow"),
                        Files.readString(Path.of(file)).strip()));
    }

    private static double best(Measured measured) {
        return DoubleStream.of(measured.median("puts.1"), measured.median("puts.16"), measured.median("puts.100"))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
    }

    private static List<Row> rows(Measured measured, int large) {
        var rows = new ArrayList<Row>();
        rows.add(promised(
                rate("creates of the reference pod, 5 watchers, 1 thread", "t1.small", measured),
                "t1.small",
                measured));
        rows.add(promised(rate("the same, 16 threads", "t16.small", measured), "t16.small", measured));
        rows.add(rate("the same, 1 thread, every pod with a spec of its own", "own.t1.small", measured));
        rows.add(rate("the same, 16 threads, every pod with a spec of its own", "own.t16.small", measured));
        rows.add(kept("1 thread", "t1", measured, large));
        rows.add(kept("16 threads", "t16", measured, large));
        return rows;
    }

    private static Row rate(String measure, String name, Measured measured) {
        double ours = measured.median(name);
        double floor = measured.median("floor");
        double etcd = best(measured);
        return Row.of(measure, Row.number(ours, "/s"))
                .floor("ring " + Row.number(floor, "writes/s"))
                .peer("etcd on tmpfs " + Row.number(etcd, "puts/s"))
                .ratio(ours / floor, "floor")
                .ratio(ours / etcd, "etcd");
    }

    private static Row promised(Row row, String name, Measured measured) {
        double ours = measured.median(name);
        return row.target(
                ">= 5 x etcd, >= 0.1 x floor", ours >= 5 * best(measured) && ours >= 0.1 * measured.median("floor"));
    }

    private static Row kept(String threads, String name, Measured measured, int large) {
        double ratio = measured.ratio(name + ".large", name + ".small");
        return Row.of(
                        "creates at %,d stored objects, %s".formatted(large, threads),
                        Row.number(measured.median(name + ".large"), "/s"))
                .ratio(ratio, "rate at 1,000")
                .target(">= 0.8 x", ratio >= 0.8);
    }
}
