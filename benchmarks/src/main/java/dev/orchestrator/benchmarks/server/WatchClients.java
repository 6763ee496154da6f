package dev.orchestrator.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.store.ReferencePods;

/** A hundred clients that watch all pods over TLS, and the time from a change to each of them. */
final class WatchClients {

    private static final int CLIENTS = 100;
    private static final int WARM_UP = 50;
    private static final int CHANGES_PER_ROUND = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final String MARK = "example.com/change";

    private final CountDownLatch ready = new CountDownLatch(CLIENTS);
    private volatile String expected = "";
    private volatile long begun;
    private volatile CountDownLatch told = new CountDownLatch(CLIENTS);
    private volatile boolean isMeasured;
    private final Queue<Double> delays = new ConcurrentLinkedQueue<>();

    private WatchClients() {}

    static void run(Orchestrator cluster, URI server, String token, int rounds)
            throws IOException, InterruptedException {
        var clients = new WatchClients();
        var handle = cluster.pods().named(ReferencePods.name(0));
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int client = 0; client < CLIENTS; client++) {
                Socket socket =
                        TrustingTls.context().getSocketFactory().createSocket(server.getHost(), server.getPort());
                sockets.add(socket);
                socket.getOutputStream().write(request(token).getBytes(StandardCharsets.UTF_8));
                Thread.ofVirtual().start(() -> clients.read(socket));
            }
            await(clients.ready);
            for (int change = -WARM_UP; change < rounds * CHANGES_PER_ROUND; change++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                clients.isMeasured = change >= 0;
                clients.told = new CountDownLatch(CLIENTS);
                clients.expected = "\"" + MARK + "\":\"" + (change + WARM_UP) + "\"";
                clients.begun = System.nanoTime();
                handle.annotate(MARK, Integer.toString(change + WARM_UP));
                await(clients.told);
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        clients.delays.forEach(millis -> Measured.print(System.out, "watch", millis));
    }

    private static String request(String token) {
        return "GET /api/v1/namespaces/default/pods?watch=1&fieldSelector=metadata.name=" + ReferencePods.name(0)
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    }

    private void read(Socket socket) {
        try (var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            boolean isReady = false;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!isReady && line.startsWith("{")) {
                    isReady = true;
                    ready.countDown();
                } else if (line.contains(expected)) {
                    long delay = System.nanoTime() - begun;
                    if (isMeasured) {
                        delays.add(delay / 1e6);
                    }
                    told.countDown();
                }
            }
        } catch (IOException closed) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(closed);
            }
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not all clients have been told");
        }
    }
}
