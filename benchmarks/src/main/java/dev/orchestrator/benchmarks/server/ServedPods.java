package dev.orchestrator.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Wrk;
import dev.orchestrator.benchmarks.store.ReferencePods;
import dev.orchestrator.memory.InMemoryDriver;
import dev.orchestrator.server.ApiServer;

/**
 * An API server with the reference pods, and what it does with requests from outside. Arguments: pods, seconds of each
 * load, rounds of the rest, a folder for files.
 */
final class ServedPods {

    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final int CONNECTIONS = 16;
    private static final int WARM_UP = 3;

    private final ApiServer server;
    private final String token;
    private final HttpClient client;
    private final int seconds;
    private final int rounds;

    private ServedPods(ApiServer server, int seconds, int rounds) {
        this.server = server;
        this.token = field(server.kubeconfig(), "token");
        this.client = HttpClient.newBuilder().sslContext(TrustingTls.context()).build();
        this.seconds = seconds;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int pods = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[2]);
        try (var cluster = Orchestrator.start(new InMemoryDriver())) {
            starts(cluster, rounds);
            ReferencePods reference = ReferencePods.in(cluster);
            for (int number = 0; number < pods; number++) {
                cluster.pods().create(reference.replica(number));
            }
            try (var server = ApiServer.start(cluster)) {
                var served = new ServedPods(server, Integer.parseInt(arguments[1]), rounds);
                served.gets();
                Measured.print(System.out, "resident", residentBytes());
                served.lists(cluster);
                served.posts(Path.of(arguments[3]));
                WatchClients.run(cluster, server.uri(), served.token, rounds);
            }
        }
    }

    private static void starts(Orchestrator cluster, int rounds) {
        for (int round = -WARM_UP; round < rounds; round++) {
            long begin = System.nanoTime();
            ApiServer server = ApiServer.start(cluster);
            double millis = (System.nanoTime() - begin) / 1e6;
            server.close();
            if (round >= 0) {
                Measured.print(System.out, "start", millis);
            }
        }
    }

    private void gets() throws IOException, InterruptedException {
        String url = server.uri() + PODS + "/" + ReferencePods.name(0);
        // The first load compiles the code.
        for (int round = -1; round < 2; round++) {
            Wrk answered = Wrk.run(CONNECTIONS, seconds, url, List.of("-H", "Authorization: Bearer " + token));
            if (round >= 0) {
                Measured.print(System.out, "gets", answered.perSecond());
            }
        }
    }

    private void lists(Orchestrator cluster) throws IOException, InterruptedException {
        for (int round = -WARM_UP; round < rounds; round++) {
            cluster.pods()
                    .named(ReferencePods.name(0))
                    .annotate("example.com/round", Integer.toString(round + WARM_UP));
            double first = list();
            double again = list();
            if (round >= 0) {
                Measured.print(System.out, "list", first);
                Measured.print(System.out, "again", again);
            }
        }
    }

    private double list() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.uri() + PODS))
                .header("Authorization", "Bearer " + token)
                .build();
        int length =
                client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body().length;
        if (length < 1_000_000) {
            throw new IOException("a list of " + length + " bytes");
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private void posts(Path folder) throws IOException, InterruptedException {
        for (int round = -1; round < 2; round++) {
            Path script =
                    Files.writeString(folder.resolve("post" + round + ".lua"), """
                    local number = 0
                    local headers = {["Content-Type"] = "application/json", ["Authorization"] = "Bearer %s"}
                    request = function()
                      number = number + 1
                      local body = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"posted%d-' .. number ..
                        '","labels":{"app":"web"}},"spec":{"schedulerName":"nobody","containers":[{"name":"web",' ..
                        '"image":"registry.example.com/shop/web:1.29","ports":[{"containerPort":8080}],' ..
                        '"env":[{"name":"MODE","value":"production"}]}]}}'
                      return wrk.format("POST", "%s", headers, body)
                    end
                    """.formatted(token, round + 1, PODS));
            Wrk answered = Wrk.run(CONNECTIONS, seconds, server.uri().toString(), List.of("-s", script.toString()));
            if (round >= 0) {
                Measured.print(System.out, "posts", answered.perSecond());
            }
        }
    }

    /** {@return what the whole process has in memory} */
    static double residentBytes() throws IOException {
        try (BufferedReader status = Files.newBufferedReader(Path.of("/proc/self/status"))) {
            return status.lines()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    * 1024.0;
        }
    }

    private static String field(String kubeconfig, String name) {
        Matcher matcher = Pattern.compile(name + ": \"?([^\"\\s]+)").matcher(kubeconfig);
        if (!matcher.find()) {
            throw new IllegalStateException("a kubeconfig without " + name);
        }
        return matcher.group(1);
    }
}
