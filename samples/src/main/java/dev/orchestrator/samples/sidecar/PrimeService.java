package dev.orchestrator.samples.sidecar;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orchestrator.api.AwaitException;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.PodHandle;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.spi.ContainerDriver;

import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.service;

/**
 * Answers {@code GET /primes?upto=N} with how many prime numbers there are up to N. A container beside it does the
 * counting; when that dies in the middle of its work, the answer comes late, but it comes.
 */
final class PrimeService implements AutoCloseable {

    /** What the container writes to its log when it begins to count; the numbers follow. */
    static final String BEGINS = "counting ";

    private static final String NAME = "primes";
    private static final int PORT = 8080;
    private static final int TRIES = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration NOTICED = Duration.ofSeconds(2);

    // A web server whose program counts with awk. Counting comes before the first byte of the answer.
    private static final String SCRIPT = """
            mkdir -p /tmp/www/cgi-bin
            echo ready > /tmp/www/ready
            cat > /tmp/www/cgi-bin/primes << 'END'
            #!/bin/sh
            echo "counting $QUERY_STRING" >&2
            primes=$(awk -v n="${QUERY_STRING#upto=}" 'BEGIN {
                for (i = 2; i <= n; i++) {
                    prime = 1
                    for (j = 2; j * j <= i && prime; j++) if (i % j == 0) prime = 0
                    primes += prime
                }
                print primes + 0
            }') || exit 1
            printf 'Content-Type: text/plain\\r\\n\\r\\n%s\\n' "$primes"
            END
            chmod +x /tmp/www/cgi-bin/primes
            trap 'exit 1' TERM
            httpd -f -p 8080 -h /tmp/www & wait
            """;

    private final Orchestrator cluster;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger tries = new AtomicInteger();

    private PrimeService(Orchestrator cluster, HttpServer server) {
        this.cluster = cluster;
        this.server = server;
    }

    /** Starts the service and its sidecar; returns when both can be used. */
    static PrimeService start(ContainerDriver driver) throws IOException, InterruptedException {
        Orchestrator cluster = Orchestrator.start(driver);
        boolean isStarted = false;
        try {
            cluster.apply(
                    pod(NAME)
                            .label("app", NAME)
                            .container(
                                    NAME,
                                    c -> c.image("busybox:1.37")
                                            .command("sh", "-c", SCRIPT)
                                            .port(PORT)
                                            .readinessProbe(
                                                    httpGet("/ready").port(PORT).every(Duration.ofMillis(200)))),
                    service(NAME).selector("app", NAME).port(80, PORT));
            cluster.pods().named(NAME).awaitReady(PATIENCE);
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var service = new PrimeService(cluster, server);
            server.createContext("/primes", service::answer);
            server.setExecutor(service.workers);
            server.start();
            isStarted = true;
            return service;
        } finally {
            if (!isStarted) {
                cluster.close();
            }
        }
    }

    /** {@return where the service answers; the same for its whole life} */
    URI uri() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/primes");
    }

    /** {@return the pod of the container} */
    PodHandle sidecar() {
        return cluster.pods().named(NAME);
    }

    /** {@return how often the container has been asked} */
    int tries() {
        return tries.get();
    }

    /** {@return how often the container has been restarted} */
    static int restarts(Pod pod) {
        return pod.status().containerStatuses().stream()
                .mapToInt(ContainerStatus::restartCount)
                .sum();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                reply(exchange, 200, count(exchange.getRequestURI().getQuery()));
            } catch (IOException | AwaitException e) {
                reply(exchange, 503, "the sidecar does not answer: " + e.getMessage() + "\n");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reply(exchange, 503, "the service is closing\n");
            }
        }
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private String count(String query) throws IOException, InterruptedException {
        for (int left = TRIES - 1; ; left--) {
            int before = restarts(sidecar().get());
            try {
                return ask(query);
            } catch (IOException e) {
                if (left == 0) {
                    throw e;
                }
                awaitSidecar(before);
            }
        }
    }

    /** Waits until the sidecar can be asked again: the kubelet restarts what has died, at the same address. */
    private void awaitSidecar(int restartsBefore) throws InterruptedException {
        try {
            sidecar().await("restarted", pod -> restarts(pod) > restartsBefore, NOTICED);
        } catch (AwaitException e) {
            // It has not died, or had before it was asked: only the connection was lost.
        }
        sidecar().awaitReady(PATIENCE);
    }

    private String ask(String query) throws IOException, InterruptedException {
        URI container = cluster.services().named(NAME).uri().resolve("/cgi-bin/primes?" + query);
        tries.incrementAndGet();
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(container).timeout(PATIENCE).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200 || answer.body().isBlank()) {
            throw new IOException("status " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** Stops the service, then removes the container and all that was made for it. */
    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
        client.close();
        cluster.close();
    }
}
