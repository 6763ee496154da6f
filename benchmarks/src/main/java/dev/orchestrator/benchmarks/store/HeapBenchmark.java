package dev.orchestrator.benchmarks.store;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Row;

/**
 * Heap per pod: the difference between two clusters of different size, so that what does not grow with the number of
 * pods (code, nodes, the ring of changes) does not count.
 */
public final class HeapBenchmark implements Benchmark {

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        int few = 25_000;
        int many = isQuick ? 35_000 : 75_000;
        int mockFew = 1000;
        int mockMany = isQuick ? 2000 : 4000;
        var measured = new Measured();
        for (int pods : new int[] {few, many}) {
            measured.add(ForkedJvm.of(HeapOfPods.class, "-Xmx2g").run(log, Integer.toString(pods)));
        }
        for (int pods : new int[] {mockFew, mockMany}) {
            measured.add(ForkedJvm.of(MockHeap.class, "-Xmx1g", "--sun-misc-unsafe-memory-access=allow")
                    .run(log, Integer.toString(pods)));
        }
        double stored = perPod(measured, "stored.", few, many);
        double running = perPod(measured, "running.", few, many);
        double mock = perPod(measured, "mock.", mockFew, mockMany);
        return List.of(
                Row.of("heap for a stored replica pod", Row.number(stored, "B"))
                        .peer("mock's store %s (JSON of %s)"
                                .formatted(Row.number(mock, "B"), Row.number(measured.median("json"), "B")))
                        .ratio(stored / mock, "mock")
                        .target("<= 2,048 B", stored <= 2048),
                Row.of("heap for a running pod in all (store, kubelet, driver, container)", Row.number(running, "B")));
    }

    private static double perPod(Measured measured, String name, int few, int many) {
        return (measured.median(name + many) - measured.median(name + few)) / (many - few);
    }
}
