package dev.orchestrator.benchmarks.docker;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.orchestrator.benchmarks.report.Benchmark;
import dev.orchestrator.benchmarks.report.ForkedJvm;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Row;
import dev.orchestrator.benchmarks.report.Samples;

/** Pods on a Docker engine: ours, raw docker-java and the docker CLI in turns. */
public final class DockerBenchmark implements Benchmark {

    @Override
    public List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException {
        var rows = new ArrayList<Row>();
        Measured rounds = ForkedJvm.of(PodRounds.class, "-Xmx512m").run(log, isQuick ? "3" : "15");
        rows.add(beside("one pod on Docker (pause + app), create to Running", "up", rounds)
                .target(
                        "<= 1.10 x raw, < CLI",
                        rounds.ratio("up-ours", "up-raw") <= 1.1 && rounds.ratio("up-ours", "up-cli") < 1));
        Measured crowd = ForkedJvm.of(Crowd.class, "-Xmx512m").run(log, isQuick ? "1" : "3");
        rows.add(crowd(crowd));
        rows.add(beside("its deletion", "down", rounds)
                .target("<= 1.15 x raw", rounds.ratio("down-ours", "down-raw") <= 1.15));
        rows.add(start(log, isQuick ? 2 : 7));
        rows.add(beside("exec of true in it, exit code in hand", "exec", rounds)
                .target("<= 1.2 x raw", rounds.ratio("exec-ours", "exec-raw") <= 1.2));
        Samples restart = rounds.all("restart");
        rows.add(Row.of(
                        "container death to new container, by the engine's events, p50 / max",
                        Row.number(restart.median(), "ms") + " / " + Row.number(restart.max(), "ms"))
                .target("<= 100 ms", restart.max() <= 100));
        Measured rest = ForkedJvm.of(Rest.class, "-Xmx512m").run(log, isQuick ? "50" : "300", isQuick ? "8" : "40");
        Samples calls = rest.all("call");
        rows.add(Row.of(
                        "300 followed logs of 50 pods, %s: state of a pod p50 / p99; more platform threads"
                                .formatted(Row.number(rest.median("lines"), "lines/s")),
                        "%s / %s; %.0f"
                                .formatted(
                                        Row.number(calls.median(), "ms"),
                                        Row.number(calls.percentile(99), "ms"),
                                        rest.median("threads")))
                .target("p99 < 100 ms, none per pod", calls.percentile(99) < 100 && rest.median("threads") < 50));
        double percent = rest.median("percent");
        rows.add(Row.of("50 pods on Docker, idle", Row.number(percent, "% of a core"))
                .target("< 2 %", percent < 2));
        return rows;
    }

    private static Row beside(String measure, String name, Measured measured) {
        return Row.of(measure, Row.number(measured.median(name + "-ours"), "ms"))
                .floor("docker-java " + Row.number(measured.median(name + "-raw"), "ms"))
                .peer("docker CLI " + Row.number(measured.median(name + "-cli"), "ms"))
                .ratio(measured.ratio(name + "-ours", name + "-raw"), "raw")
                .ratio(measured.ratio(name + "-ours", name + "-cli"), "CLI");
    }

    private static Row crowd(Measured measured) {
        String raw = best(measured, "raw-4", "raw-8", "raw-20");
        String cli = best(measured, "cli-8", "cli-20");
        double toRaw = measured.ratio("ours", raw);
        double toCli = measured.ratio("ours", cli);
        return Row.of("20 pods on Docker at once", Row.number(measured.median("ours"), "ms"))
                .floor("docker-java, %s at once %s".formatted(raw.substring(4), Row.number(measured.median(raw), "ms")))
                .peer("docker CLI, %s at once %s".formatted(cli.substring(4), Row.number(measured.median(cli), "ms")))
                .ratio(toRaw, "raw")
                .ratio(toCli, "CLI")
                .target("<= 1.10 x raw, <= 0.7 x CLI", toRaw <= 1.1 && toCli <= 0.7);
    }

    private static String best(Measured measured, String... names) {
        return Stream.of(names)
                .min((one, other) -> Double.compare(measured.median(one), measured.median(other)))
                .orElseThrow();
    }

    private static Row start(PrintStream log, int rounds) throws IOException, InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        // The first round fills the page cache and does not count.
        for (int round = -1; round < rounds; round++) {
            double mine = ForkedJvm.of(DriverStart.class).run(log, "ours").median("millis");
            double theirs = ForkedJvm.of(DriverStart.class).run(log, "raw").median("millis");
            if (round >= 0) {
                ours.add(mine);
                raw.add(theirs);
            }
        }
        double millis = new Samples(ours).median();
        double peer = new Samples(raw).median();
        return Row.of(
                        "cold JVM, DockerDriver constructed to started: engine found, swept, network made",
                        Row.number(millis, "ms"))
                .peer("docker-java's first ping " + Row.number(peer, "ms"))
                .ratio(millis / peer, "docker-java")
                .target("<= 250 ms", millis <= 250);
    }
}
