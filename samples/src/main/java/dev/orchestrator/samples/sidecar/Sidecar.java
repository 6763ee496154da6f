package dev.orchestrator.samples.sidecar;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.orchestrator.api.PodHandle;
import dev.orchestrator.docker.DockerDriver;

/** A small HTTP service with a real container beside it, from its start to its end. Needs a Docker engine. */
public final class Sidecar {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MUCH = 30_000;

    private final PrintStream out;

    Sidecar(PrintStream out) {
        this.out = out;
    }

    /** Runs the sample on standard output. */
    public static void main(String[] args) throws Exception {
        new Sidecar(System.out).run();
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        try (PrimeService service = PrimeService.start(new DockerDriver())) {
            out.println("The service answers at " + service.uri() + ", its sidecar is ready.");
            out.println("Primes up to 1000: " + get(service, 1000));
            die(service);
        }
        out.println("Closed: no container, network or file is left.");
    }

    private void die(PrimeService service) throws InterruptedException, ExecutionException {
        PodHandle sidecar = service.sidecar();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> answer = clients.submit(() -> get(service, MUCH));
            awaitWork(sidecar, MUCH);
            sidecar.exec("kill", "1");
            out.println("The sidecar is killed while it counts up to " + MUCH + ".");
            out.println("Primes up to " + MUCH + ": " + answer.get());
        }
        sidecar.await("restarted", pod -> PrimeService.restarts(pod) > 0 && pod.isReady(), PATIENCE);
        out.println("The sidecar was restarted, the client has not noticed.");
    }

    /** Waits until the sidecar counts. */
    static void awaitWork(PodHandle sidecar, int upTo) throws InterruptedException {
        var counts = new CountDownLatch(1);
        Thread reader = Thread.ofVirtual().name("log").start(() -> {
            try {
                sidecar.logs().follow(line -> {
                    if (line.equals(PrimeService.BEGINS + "upto=" + upTo)) {
                        counts.countDown();
                    }
                });
            } catch (InterruptedException e) {
                // Nobody wants to read more.
                return;
            } finally {
                counts.countDown();
            }
        });
        try {
            counts.await();
        } finally {
            reader.interrupt();
            reader.join();
        }
    }

    /** {@return what the service says} */
    static String get(PrimeService service, int upTo) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            URI question = URI.create(service.uri() + "?upto=" + upTo);
            return client.send(HttpRequest.newBuilder(question).build(), BodyHandlers.ofString())
                    .body()
                    .strip();
        }
    }
}
