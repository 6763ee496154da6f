package dev.orchestrator.benchmarks.start;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Row;
import dev.orchestrator.benchmarks.report.Samples;
import dev.orchestrator.benchmarks.report.TemporaryFolder;

import static java.util.Objects.requireNonNull;

/**
 * Fresh JVMs, ours and the mock's in turn; ours also with an archive of the loaded classes, which the JVM makes by
 * itself when it is told where.
 */
public final class StartBenchmark implements Benchmark {

    private static final double MOST_MILLIS = 300;

    /** The ways to start, in the order of a round. */
    private enum Way {
        DEPLOYMENT,
        POD,
        DEPLOYMENT_ARCHIVED,
        POD_ARCHIVED,
        MOCK
    }

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        try (var folder = TemporaryFolder.named("start-benchmark")) {
            return rows(rounds(jvms(folder.path()), isQuick ? 3 : 11, log));
        }
    }

    private static Map<Way, ForkedJvm> jvms(Path folder) throws IOException {
        var jvms = new EnumMap<Way, ForkedJvm>(Way.class);
        ForkedJvm deployment = ForkedJvm.ofOurUser(DeploymentStart.class, folder.resolve("jars"));
        ForkedJvm pod = ForkedJvm.ofOurUser(PodStart.class, folder.resolve("jars"));
        jvms.put(Way.DEPLOYMENT, deployment);
        jvms.put(Way.POD, pod);
        jvms.put(Way.DEPLOYMENT_ARCHIVED, archived(deployment, folder.resolve("deployment.jsa")));
        jvms.put(Way.POD_ARCHIVED, archived(pod, folder.resolve("pod.jsa")));
        // Netty would warn about its use of Unsafe.
        jvms.put(Way.MOCK, ForkedJvm.ofPeersUser(MockStart.class, "--sun-misc-unsafe-memory-access=allow"));
        return jvms;
    }

    private static ForkedJvm archived(ForkedJvm jvm, Path archive) {
        return jvm.with("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive, "-Xlog:cds=error");
    }

    /** {@return the medians; the first round, which fills the page cache and makes the archives, does not count} */
    private static Map<Way, Double> rounds(Map<Way, ForkedJvm> jvms, int rounds, PrintStream log)
            throws IOException, InterruptedException {
        var all = new EnumMap<Way, List<Double>>(Way.class);
        for (int round = -1; round < rounds; round++) {
            for (Map.Entry<Way, ForkedJvm> jvm : jvms.entrySet()) {
                double millis = jvm.getValue().run(log).median("millis");
                log.printf("round %d: %s %.0f ms%n", round, jvm.getKey(), millis);
                if (round >= 0) {
                    all.computeIfAbsent(jvm.getKey(), way -> new ArrayList<>()).add(millis);
                }
            }
        }
        var medians = new EnumMap<Way, Double>(Way.class);
        all.forEach((way, millis) -> medians.put(way, new Samples(millis).median()));
        return medians;
    }

    private static List<Row> rows(Map<Way, Double> medians) {
        double mock = requireNonNull(medians.get(Way.MOCK));
        double deployment = requireNonNull(medians.get(Way.DEPLOYMENT));
        double pod = requireNonNull(medians.get(Way.POD));
        double archivedDeployment = requireNonNull(medians.get(Way.DEPLOYMENT_ARCHIVED));
        double archivedPod = requireNonNull(medians.get(Way.POD_ARCHIVED));
        return List.of(
                againstMock("cold JVM, main() to first Deployment created and read back", deployment, mock)
                        .target("<= 0.15 x mock", deployment <= 0.15 * mock),
                againstMock("cold JVM, main() to first pod Ready", pod, mock).target("<= 300 ms", pod <= MOST_MILLIS),
                againstMock("the first, with an archive of classes", archivedDeployment, mock),
                againstMock("the second, with an archive of classes", archivedPod, mock)
                        .target("<= 300 ms", archivedPod <= MOST_MILLIS));
    }

    private static Row againstMock(String measure, double ours, double mock) {
        return Row.of(measure, Row.number(ours, "ms"))
                .peer("fabric8 mock " + Row.number(mock, "ms"))
                .ratio(ours / mock, "mock");
    }
}
