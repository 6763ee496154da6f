package dev.orchestrator.benchmarks.idle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The least that probing a thousand servers every ten seconds costs in Java: as many connections, requests and answers
 * as {@link IdleCluster} has, as many at a time, from one timer to one server, and nothing else. Arguments: seconds
 * before, seconds measured.
 */
final class ProbeFloor {

    private static final int PROBES = 10;
    private static final int PERIOD_MILLIS = 100;
    private static final int WARM_PROBES = 300;
    private static final int TIMEOUT_MILLIS = 1000;
    private static final byte[] REQUEST =
            "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwell".getBytes(StandardCharsets.UTF_8);

    private final ServerSocket server;
    private final LongAdder answers = new LongAdder();

    private ProbeFloor(ServerSocket server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws IOException {
        try (var server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
                var timer = Executors.newSingleThreadScheduledExecutor()) {
            var floor = new ProbeFloor(server);
            Thread.ofVirtual().start(floor::serve);
            floor.probe(timer, WARM_PROBES, Integer.parseInt(arguments[0]));
            IdleCluster.measure(floor.answers, () -> floor.probe(timer, PROBES, Integer.parseInt(arguments[1])));
            timer.shutdownNow();
        }
    }

    private void probe(ScheduledExecutorService timer, int probes, int seconds) {
        var repeated = timer.scheduleAtFixedRate(
                () -> {
                    for (int probe = 0; probe < probes; probe++) {
                        Thread.ofVirtual().start(this::ask);
                    }
                },
                PERIOD_MILLIS,
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
        IdleCluster.pause(seconds);
        repeated.cancel(false);
    }

    private void ask() {
        try (var socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(REQUEST);
            if (socket.getInputStream().read(new byte[1024]) > 0) {
                answers.increment();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            if (socket.getInputStream().read(new byte[1024]) > 0) {
                socket.getOutputStream().write(ANSWER);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
