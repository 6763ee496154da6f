package dev.orchestrator.samples.guestbook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/** Somebody who uses the guestbook all the time and counts what goes wrong. */
final class Client implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI guestbook;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile @Nullable String lastFailure;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    Client(URI guestbook) {
        this.guestbook = guestbook;
    }

    /** {@return the page} */
    String read() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(guestbook).timeout(TIMEOUT).build());
    }

    /** {@return who took the entry} */
    String write(String entry) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(guestbook)
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofString(entry))
                .build());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** Reads again and again until {@link #stop()}. */
    void start() {
        thread = Thread.ofVirtual().name("client").start(() -> {
            while (!stopped) {
                try {
                    read();
                    answered.incrementAndGet();
                } catch (IOException e) {
                    failed.incrementAndGet();
                    lastFailure = e.toString();
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
    }

    /** Stops reading, with the last answer awaited. */
    void stop() throws InterruptedException {
        stopped = true;
        Thread reading = thread;
        if (reading != null) {
            reading.join();
        }
    }

    int answered() {
        return answered.get();
    }

    int failed() {
        return failed.get();
    }

    /** {@return what went wrong last; null if nothing did} */
    @Nullable
    String lastFailure() {
        return lastFailure;
    }

    @Override
    public void close() {
        stopped = true;
        Thread reading = thread;
        if (reading != null) {
            reading.interrupt();
        }
        http.shutdownNow();
    }
}
