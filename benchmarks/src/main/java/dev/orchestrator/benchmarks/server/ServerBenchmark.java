package dev.orchestrator.benchmarks.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Row;
import dev.orchestrator.benchmarks.report.Samples;
import dev.orchestrator.benchmarks.report.TemporaryFolder;

/** The API server over loopback. */
public final class ServerBenchmark implements Benchmark {

    private static final String PODS = "10000";
    private static final double MEBIBYTE = 1 << 20;

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        String seconds = isQuick ? "2" : "8";
        var rows = new ArrayList<Row>();
        try (var folder = TemporaryFolder.named("server-benchmark")) {
            rows.addAll(starts(folder.path(), isQuick ? 2 : 5));
            Measured floor = ForkedJvm.of(HttpFloor.class, "-Xmx512m").run(log, seconds);
            Measured mock = ForkedJvm.of(MockServed.class, "--sun-misc-unsafe-memory-access=allow")
                    .run(log, PODS, seconds);
            Measured ours = ForkedJvm.of(ServedPods.class, "-Xmx256m")
                    .run(log, PODS, seconds, isQuick ? "3" : "15", folder.path().toString());
            rows.add(start(ours));
            rows.addAll(rates(ours, floor.median("gets"), mock.median("gets")));
            rows.addAll(rest(ours));
        }
        return rows;
    }

    private static List<Row> starts(Path folder, int rounds) throws IOException, InterruptedException {
        Path jar = Path.of("..", "standalone", "target", "quick", "orchestrator.jar");
        String measure = "java -jar to the first answered kubectl get";
        if (!Files.exists(jar)) {
            return List.of(Row.of(measure, "there is no " + jar));
        }
        var plain = new ArrayList<Double>();
        var archived = new ArrayList<Double>();
        String archive = "-XX:SharedArchiveFile=" + folder.resolve("standalone.jsa");
        for (int round = -1; round < rounds; round++) {
            double first = Cli.start(jar, folder);
            double second = Cli.start(jar, folder, "-XX:+AutoCreateSharedArchive", archive);
            if (round >= 0) {
                plain.add(first);
                archived.add(second);
            }
        }
        double ours = new Samples(plain).median();
        double withArchive = new Samples(archived).median();
        return List.of(
                Row.of(measure, Row.number(ours, "ms")).target("<= 1,500 ms", ours <= 1500),
                Row.of("the same with an archive of classes", Row.number(withArchive, "ms"))
                        .target("<= 1,500 ms", withArchive <= 1500));
    }

    private static Row start(Measured ours) {
        double millis = ours.median("start");
        return Row.of("ApiServer.start in a warm JVM", Row.number(millis, "ms")).target("<= 150 ms", millis <= 150);
    }

    private static List<Row> rates(Measured ours, double floor, double mock) {
        double gets = ours.median("gets");
        double posts = ours.median("posts");
        return List.of(
                Row.of("GET of one of 10,000 pods over TLS, 16 connections", Row.number(gets, "/s"))
                        .floor("JDK, prepared bytes, no TLS " + Row.number(floor, "/s"))
                        .peer("fabric8 mock, no TLS " + Row.number(mock, "/s"))
                        .ratio(gets / floor, "floor")
                        .ratio(gets / mock, "mock")
                        .target(">= 0.6 x floor, >= 12,000/s", gets >= 0.6 * floor && gets >= 12_000),
                Row.of("POST of a pod over TLS, 16 connections", Row.number(posts, "/s"))
                        .target(">= 8,000/s", posts >= 8000));
    }

    private static List<Row> rest(Measured ours) {
        double list = ours.median("list");
        double again = ours.median("again");
        Samples watch = ours.all("watch");
        double resident = ours.median("resident") / MEBIBYTE;
        return List.of(
                Row.of(
                                "list of 10,000 pods over TLS, after a change / again, p50",
                                Row.number(list, "ms") + " / " + Row.number(again, "ms"))
                        .target("<= 150 / 50 ms", list <= 150 && again <= 50),
                Row.of(
                                "change to 100 watching clients over TLS, p50 / p99",
                                Row.number(watch.median(), "ms") + " / " + Row.number(watch.percentile(99), "ms"))
                        .target("p99 <= 5 ms", watch.percentile(99) <= 5),
                Row.of("resident memory with 10,000 pods, -Xmx256m", Row.number(resident, "MB"))
                        .target("<= 350 MB", resident <= 350));
    }
}
