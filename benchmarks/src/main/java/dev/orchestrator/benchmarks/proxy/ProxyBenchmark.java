package dev.orchestrator.benchmarks.proxy;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.orchestrator.benchmarks.report.Commands;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.TemporaryFolder;
import dev.orchestrator.benchmarks.report.Wrk;

/**
 * Measures nginx directly, through HAProxy and through the service proxy, in interleaved rounds on loopback, and prints
 * medians and the median of each round's ratio to HAProxy. Each load goes to all targets before the next load, so that
 * what else the machine does falls on all of them.
 *
 * <p>Needs {@code haproxy}, {@code nginx}, {@code wrk} and {@code curl} on the path. Arguments: rounds, seconds per
 * load, MiB per bulk transfer; then, for each further variant of the service proxy, a Java option such as
 * {@code -Dloops=2} or {@code -Dbuffer=65536}.
 */
final class ProxyBenchmark implements AutoCloseable {
    private static final int BACKEND = 18080;
    private static final int HAPROXY = 18081;
    private static final int OURS = 18082;
    private static final int BULK_REPEATS = 2;
    private static final int WARM_UP_ROUNDS = 2;
    private static final double CLOCK_TICKS_PER_SECOND = 100;

    private enum Metric {
        KEEP_ALIVE("req/s, 64 conns"),
        P99("p99 ms"),
        CPU_PER_REQUEST("CPU us/req"),
        CONNECTIONS("conn/s"),
        CPU_PER_CONNECTION("CPU us/conn"),
        BULK("GB/s"),
        CPU_PER_GIGABYTE("CPU s/GB");

        private final String title;

        Metric(String title) {
            this.title = title;
        }
    }

    private record Target(String name, int port, long pid) {
        boolean isProxy() {
            return pid > 0;
        }

        String key() {
            return switch (port) {
                case BACKEND -> "direct";
                case HAPROXY -> "haproxy";
                case OURS -> "ours";
                default -> "variant";
            };
        }
    }

    private static final int CONNECTIONS = 64;

    private final int seconds;
    private final int mebibytes;
    private final TemporaryFolder temporary;
    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    private ProxyBenchmark(int seconds, int mebibytes) throws IOException {
        this.seconds = seconds;
        this.mebibytes = mebibytes;
        this.temporary = TemporaryFolder.inMemory("proxy-benchmark");
        this.folder = temporary.path();
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 4;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int mebibytes = args.length > 2 ? Integer.parseInt(args[2]) : 1024;
        try (var benchmark = new ProxyBenchmark(seconds, mebibytes)) {
            benchmark.run(rounds, List.of(args).subList(Math.min(3, args.length), args.length), System.out);
        }
    }

    private void run(int rounds, List<String> variants, PrintStream out) throws IOException, InterruptedException {
        start(List.of("nginx", "-p", folder.toString(), "-c", nginxConfig().toString()), BACKEND);
        var haproxy = start(List.of("haproxy", "-db", "-f", haproxyConfig().toString()), HAPROXY);
        var targets = new ArrayList<>(
                List.of(new Target("direct", BACKEND, 0), new Target("HAProxy, nbthread 1", HAPROXY, haproxy.pid())));
        targets.add(new Target("service proxy", OURS, startOurs(OURS, "-Dloops=1")));
        for (String option : variants) {
            int port = BACKEND + targets.size() + 1;
            targets.add(new Target("service proxy " + option, port, startOurs(port, option)));
        }
        Map<Target, List<Map<Metric, Double>>> results = new LinkedHashMap<>();
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            for (var measured : measure(targets).entrySet()) {
                out.println((round < 0 ? "warm-up" : "round " + round) + "  "
                        + measured.getKey().name() + "  " + measured.getValue());
                if (round >= 0) {
                    results.computeIfAbsent(measured.getKey(), t -> new ArrayList<>())
                            .add(measured.getValue());
                }
            }
        }
        print(results, targets.get(1), out);
    }

    private long startOurs(int port, String option) throws IOException, InterruptedException {
        String java = ProcessHandle.current().info().command().orElse("java");
        String classPath = System.getProperty("java.class.path");
        String main = ProxyProcess.class.getName();
        var command = List.of(
                java, "-Xmx1g", option, "-cp", classPath, main, Integer.toString(port), Integer.toString(BACKEND));
        return start(command, port).pid();
    }

    private Map<Target, Map<Metric, Double>> measure(List<Target> targets) throws IOException, InterruptedException {
        Map<Target, Map<Metric, Double>> measured = new LinkedHashMap<>();
        for (Target target : targets) {
            double begin = cpuSeconds(target);
            Wrk answer = wrk(target, List.of());
            var row = row(measured, target);
            row.put(Metric.KEEP_ALIVE, answer.perSecond());
            row.put(Metric.P99, answer.p99Millis());
            put(row, Metric.CPU_PER_REQUEST, target, 1e6 * (cpuSeconds(target) - begin) / answer.requests());
        }
        for (Target target : targets) {
            double begin = cpuSeconds(target);
            Wrk answer = wrk(target, List.of("-H", "Connection: close"));
            var row = row(measured, target);
            row.put(Metric.CONNECTIONS, answer.perSecond());
            put(row, Metric.CPU_PER_CONNECTION, target, 1e6 * (cpuSeconds(target) - begin) / answer.requests());
        }
        for (Target target : targets) {
            double begin = cpuSeconds(target);
            double bytesPerSecond = 0;
            for (int i = 0; i < BULK_REPEATS; i++) {
                bytesPerSecond += curl(target) / BULK_REPEATS;
            }
            var row = row(measured, target);
            row.put(Metric.BULK, bytesPerSecond / 1e9);
            double gigabytes = BULK_REPEATS * mebibytes * 1048576.0 / 1e9;
            put(row, Metric.CPU_PER_GIGABYTE, target, (cpuSeconds(target) - begin) / gigabytes);
        }
        return measured;
    }

    private static Map<Metric, Double> row(Map<Target, Map<Metric, Double>> measured, Target target) {
        return measured.computeIfAbsent(target, t -> new EnumMap<>(Metric.class));
    }

    private static void put(Map<Metric, Double> row, Metric metric, Target target, double value) {
        if (target.isProxy()) {
            row.put(metric, value);
        }
    }

    private Wrk wrk(Target target, List<String> options) throws IOException, InterruptedException {
        return Wrk.run(CONNECTIONS, seconds, "http://127.0.0.1:" + target.port() + "/1k", options);
    }

    private double curl(Target target) throws IOException, InterruptedException {
        String url = "http://127.0.0.1:" + target.port() + "/bulk";
        String result = Commands.output(
                List.of("curl", "-sf", "-o", "/dev/null", "-w", "%{size_download} %{speed_download}", url));
        if (!result.startsWith(Long.toString(mebibytes * 1048576L))) {
            throw new IOException(target.name() + ": truncated: " + result);
        }
        return Double.parseDouble(result.split(" ", -1)[1]);
    }

    private static double cpuSeconds(Target target) throws IOException {
        if (!target.isProxy()) {
            return 0;
        }
        String stat = Files.readString(Path.of("/proc/" + target.pid() + "/stat"));
        // After the command's closing parenthesis: utime and stime are fields 14 and 15 of the whole line.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / CLOCK_TICKS_PER_SECOND;
    }

    private static void print(Map<Target, List<Map<Metric, Double>>> results, Target anchor, PrintStream out) {
        out.printf(Locale.ROOT, "%n| target | %s |%n", String.join(" | x | ", titles()) + " | x");
        out.println("|---|" + "---|".repeat(2 * Metric.values().length));
        List<Map<Metric, Double>> anchorRounds = results.getOrDefault(anchor, List.of());
        results.forEach((target, rounds) -> rounds.forEach(
                round -> round.forEach((metric, value) -> Measured.print(out, target.key() + "." + metric, value))));
        results.forEach((target, rounds) -> {
            var row = new StringBuilder("| " + target.name() + " |");
            for (Metric metric : Metric.values()) {
                double[] values = rounds.stream()
                        .filter(r -> r.containsKey(metric))
                        .mapToDouble(r -> r.get(metric))
                        .toArray();
                double[] ratios = new double[values.length];
                for (int i = 0; i < values.length; i++) {
                    ratios[i] = values[i] / anchorRounds.get(i).getOrDefault(metric, Double.NaN);
                }
                row.append(
                        values.length == 0
                                ? " - | - |"
                                : String.format(Locale.ROOT, " %.2f | %.2f |", median(values), median(ratios)));
            }
            out.println(row);
        });
    }

    private static List<String> titles() {
        return Stream.of(Metric.values()).map(metric -> metric.title).toList();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private Path nginxConfig() throws IOException {
        Path root = Files.createDirectories(folder.resolve("www"));
        Files.write(root.resolve("1k"), new byte[1024]);
        byte[] block = new byte[1 << 20];
        try (var bulk = Files.newOutputStream(root.resolve("bulk"))) {
            for (int i = 0; i < mebibytes; i++) {
                bulk.write(block);
            }
        }
        try (var all = Files.walk(folder)) {
            // The worker may run as another user.
            all.forEach(path -> path.toFile().setExecutable(Files.isDirectory(path), false));
        }
        try (var all = Files.walk(folder)) {
            all.forEach(path -> path.toFile().setReadable(true, false));
        }
        return Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log stderr crit;
                events { worker_connections 8192; }
                http {
                  access_log off;
                  sendfile on;
                  keepalive_requests 100000000;
                  open_file_cache max=16;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server {
                    listen 127.0.0.1:%2$d backlog=4096;
                    root %1$s/www;
                  }
                }
                """.formatted(folder, BACKEND));
    }

    private Path haproxyConfig() throws IOException {
        return Files.writeString(folder.resolve("haproxy.cfg"), """
                global
                  nbthread 1
                  maxconn 4096
                  tune.bufsize 65536
                defaults
                  mode tcp
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                listen proxy
                  bind 127.0.0.1:%d
                  server backend 127.0.0.1:%d
                """.formatted(HAPROXY, BACKEND));
    }

    private Process start(List<String> command, int port) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        for (int attempt = 0; attempt < 200 && process.isAlive(); attempt++) {
            try (var probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return process;
            } catch (IOException e) {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException(command.getFirst() + ": does not listen on " + port);
    }

    @Override
    public void close() throws IOException {
        processes.reversed().forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
        temporary.close();
    }
}
