package dev.orchestrator.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.benchmarks.docker.DockerBenchmark;
import dev.orchestrator.benchmarks.idle.IdleBenchmark;
import dev.orchestrator.benchmarks.proxy.ProxyLines;
import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.Report;
import dev.orchestrator.benchmarks.report.Row;
import dev.orchestrator.benchmarks.scale.LargeBenchmark;
import dev.orchestrator.benchmarks.scale.OrderedBenchmark;
import dev.orchestrator.benchmarks.scale.ScaleBenchmark;
import dev.orchestrator.benchmarks.server.ServerBenchmark;
import dev.orchestrator.benchmarks.start.StartBenchmark;
import dev.orchestrator.benchmarks.store.CreateBenchmark;
import dev.orchestrator.benchmarks.store.HeapBenchmark;
import dev.orchestrator.benchmarks.store.ReadBenchmark;
import dev.orchestrator.benchmarks.store.WatchBenchmark;

/**
 * Runs the benchmarks named by the arguments, all without any, and prints one table. {@code --quick} measures less, to
 * see that everything works.
 */
public final class Benchmarks {

    private static final String QUICK = "--quick";

    private Benchmarks() {}

    private static Map<String, Benchmark> all() {
        var all = new LinkedHashMap<String, Benchmark>();
        all.put("start", new StartBenchmark());
        all.put("create", new CreateBenchmark());
        all.put("read", new ReadBenchmark());
        all.put("watch", new WatchBenchmark());
        all.put("heap", new HeapBenchmark());
        all.put("scale", new ScaleBenchmark());
        all.put("ordered", new OrderedBenchmark());
        all.put("large", new LargeBenchmark());
        all.put("proxy", new ProxyLines());
        all.put("idle", new IdleBenchmark());
        all.put("docker", new DockerBenchmark());
        all.put("server", new ServerBenchmark());
        return all;
    }

    /** Runs what the arguments name. */
    public static void main(String[] arguments) {
        Map<String, Benchmark> all = all();
        var names = new ArrayList<>(List.of(arguments));
        boolean isQuick = names.remove(QUICK);
        Set<String> known = all.keySet();
        if (!known.containsAll(names)) {
            names.removeAll(known);
            System.err.println("no benchmark " + names + "; there are " + known);
            System.exit(2);
        }
        var report = new Report();
        all.forEach((name, benchmark) -> {
            if (names.isEmpty() || names.contains(name)) {
                report.add(rows(name, benchmark, isQuick, System.err));
            }
        });
        report.print(System.out);
        System.exit(0);
    }

    private static List<Row> rows(String name, Benchmark benchmark, boolean isQuick, PrintStream log) {
        log.println("== " + name);
        long begin = System.nanoTime();
        try {
            return benchmark.run(log, isQuick);
        } catch (IOException e) {
            // One that fails is shown in its line and keeps the others from nothing.
            log.println(name + ": " + e);
            return List.of(Row.of(name, "failed: " + e.getMessage()).target("-", false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Row.of(name, "interrupted").target("-", false));
        } finally {
            log.printf("== %s took %.0f s%n", name, (System.nanoTime() - begin) / 1e9);
        }
    }
}
