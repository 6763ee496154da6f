package dev.orchestrator.benchmarks.start;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Row;
import dev.orchestrator.benchmarks.report.Samples;

/** Fresh JVMs, ours and the mock's in turn. */
public final class StartBenchmark implements Benchmark {

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        int rounds = isQuick ? 3 : 11;
        var deployment = new ArrayList<Double>();
        var pod = new ArrayList<Double>();
        var mock = new ArrayList<Double>();
        // The first round fills the page cache and does not count.
        for (int round = -1; round < rounds; round++) {
            double[] millis = {
                millis(ForkedJvm.ofOurUser(DeploymentStart.class), log),
                millis(ForkedJvm.ofOurUser(PodStart.class), log),
                // Netty would warn about its use of Unsafe.
                millis(ForkedJvm.ofPeersUser(MockStart.class, "--sun-misc-unsafe-memory-access=allow"), log)
            };
            log.printf(
                    "round %d: deployment %.0f ms, pod %.0f ms, mock %.0f ms%n",
                    round, millis[0], millis[1], millis[2]);
            if (round >= 0) {
                deployment.add(millis[0]);
                pod.add(millis[1]);
                mock.add(millis[2]);
            }
        }
        double ours = new Samples(deployment).median();
        double peer = new Samples(mock).median();
        double ready = new Samples(pod).median();
        return List.of(
                Row.of("cold JVM, main() to first Deployment created and read back", Row.number(ours, "ms"))
                        .peer("fabric8 mock " + Row.number(peer, "ms"))
                        .ratio(ours / peer, "mock")
                        .target("<= 0.15 x mock", ours <= 0.15 * peer),
                Row.of("cold JVM, main() to first pod Ready", Row.number(ready, "ms"))
                        .target("<= 300 ms", ready <= 300));
    }

    private static double millis(ForkedJvm jvm, PrintStream log) throws IOException, InterruptedException {
        return jvm.run(log).median("millis");
    }
}
