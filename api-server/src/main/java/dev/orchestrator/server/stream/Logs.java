package dev.orchestrator.server.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.handle.LogSource;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Socket;
import dev.orchestrator.server.http.Sockets;

/** Sends the logs of containers, as far as they go or as they are written. */
final class Logs {

    /** Protocols of WebSockets that carry bytes of one stream, without a channel. */
    private static final List<String> PROTOCOLS = List.of("binary.k8s.io");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z' ", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final ServedCluster cluster;
    private final Live live;
    private final Sockets sockets;

    Logs(ServedCluster cluster, Live live, Sockets sockets) {
        this.cluster = cluster;
        this.live = live;
        this.sockets = sockets;
    }

    /** Where a log goes. */
    @FunctionalInterface
    private interface Sink {

        /** Sends some of it, at once. */
        void send(byte[] bytes) throws IOException, InterruptedException;
    }

    /** Serves the log of a container of a pod. */
    void serve(Call call, Pod pod) throws IOException, InterruptedException {
        Instant now = cluster.time().instant();
        LogOptions options = LogOptions.of(call, pod.metadata().nameOrEmpty(), now);
        String container = cluster.container(pod, call.parameterOrEmpty("container"));
        if (!cluster.hasHost(pod)) {
            call.nothing();
            return;
        }
        LogSource log = live.add(cluster.containers().logs(pod, container, options.request()));
        try {
            if (Sockets.isAskedFor(call)) {
                sockets.open(call, Sockets.chosen(call, PROTOCOLS).orElse(""), new SocketLog(log, options));
                log = null;
            } else {
                answer(call, log, options);
            }
        } finally {
            if (log != null) {
                live.end(log);
            }
        }
    }

    private void answer(Call call, LogSource log, LogOptions options) throws IOException, InterruptedException {
        try (OutputStream out = call.stream(200, "text/plain")) {
            Call.Watching watching = call.whenGone(() -> live.end(log));
            try {
                send(log, options, bytes -> {
                    out.write(bytes);
                    if (options.request().follow()) {
                        out.flush();
                    }
                });
            } finally {
                watching.close();
            }
        }
    }

    private static void send(LogSource log, LogOptions options, Sink sink) throws IOException, InterruptedException {
        long left = options.mostBytes();
        for (LogSource.Line line = log.next(); line != null && left != 0; line = log.next()) {
            if (options.output().test(line)) {
                byte[] bytes = bytes(line, options.timestamps());
                byte[] sent = left < 0 || bytes.length <= left ? bytes : Arrays.copyOf(bytes, (int) left);
                left = left < 0 ? left : left - sent.length;
                sink.send(sent);
            }
        }
    }

    private static byte[] bytes(LogSource.Line line, boolean withTime) {
        String time = withTime ? TIME.format(line.time()) : "";
        return (time + line.text() + (line.complete() ? "\n" : "")).getBytes(StandardCharsets.UTF_8);
    }

    /** A log over a WebSocket: a message a line. */
    private final class SocketLog implements Socket.Use {

        private final LogSource log;
        private final LogOptions options;

        SocketLog(LogSource log, LogOptions options) {
            this.log = log;
            this.options = options;
        }

        @Override
        public void serve(Socket socket) throws IOException, InterruptedException {
            send(log, options, socket::sendBinary);
        }

        @Override
        public void gone() {
            live.end(log);
        }
    }
}
