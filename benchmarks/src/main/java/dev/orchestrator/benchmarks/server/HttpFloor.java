package dev.orchestrator.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;
import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Wrk;
import dev.orchestrator.benchmarks.store.ReferencePods;
import dev.orchestrator.memory.InMemoryDriver;

/**
 * The JDK's own HTTP server, without TLS, answering the bytes of one pod whatever it is asked. Argument: seconds of
 * each load.
 */
final class HttpFloor {

    private HttpFloor() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        byte[] answer;
        try (var cluster = Orchestrator.start(new InMemoryDriver())) {
            answer = Manifests.toJson(ReferencePods.in(cluster).replica(0))
                    .replaceAll("\\n\\s*", "")
                    .getBytes(StandardCharsets.UTF_8);
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            for (int round = -1; round < 2; round++) {
                Wrk answered = Wrk.run(16, Integer.parseInt(arguments[0]), url, List.of());
                if (round >= 0) {
                    Measured.print(System.out, "gets", answered.perSecond());
                }
            }
        } finally {
            server.stop(0);
        }
    }
}
