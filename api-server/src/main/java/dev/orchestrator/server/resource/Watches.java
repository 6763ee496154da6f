package dev.orchestrator.server.resource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.WatchCursor;
import dev.orchestrator.runtime.store.WatchQuery;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.MediaTypes;
import dev.orchestrator.server.http.Socket;
import dev.orchestrator.server.http.Sockets;
import dev.orchestrator.server.http.Statuses;
import org.jspecify.annotations.Nullable;

/** Sends changes to clients as they happen, one JSON object a line. */
public final class Watches implements AutoCloseable {

    private static final int SHORTEST_SECONDS = 1800;
    private static final int LONGEST_SECONDS = 3600;

    private final ObjectStore store;
    private final Answers answers;
    private final Set<WatchCursor> open = ConcurrentHashMap.newKeySet();
    private final Sockets sockets;
    private volatile boolean closed;

    Watches(ObjectStore store, Answers answers, Sockets sockets) {
        this.sockets = sockets;
        this.store = store;
        this.answers = answers;
    }

    /** Where the events of a watch go. */
    @FunctionalInterface
    interface Sink {

        /** Sends one event, at once. */
        void send(byte[] line) throws IOException, InterruptedException;
    }

    /** Serves a watch until its time is over, the client goes or the server closes. */
    void serve(Call call, ResourceType<?> type, WatchQuery query) throws IOException, InterruptedException {
        Rendering rendering = Rendering.of(call.headers("Accept"));
        Duration time = time(call);
        var lines = new EventLines(call, type, answers, rendering, call.isSet("sendInitialEvents"));
        WatchCursor cursor = opened(query);
        if (Sockets.isAskedFor(call)) {
            serveSocket(call, new SocketWatch(cursor, lines, time));
            return;
        }
        try (OutputStream out = call.stream(200, MediaTypes.JSON)) {
            run(cursor, lines, time, line -> {
                out.write(line);
                out.flush();
            });
        } finally {
            end(cursor);
        }
    }

    private void serveSocket(Call call, SocketWatch watch) {
        var opened = false;
        try {
            sockets.open(call, "", watch);
            opened = true;
        } finally {
            if (!opened) {
                watch.gone();
            }
        }
    }

    /** A watch over a WebSocket: a message an event. */
    private final class SocketWatch implements Socket.Use {

        private final WatchCursor cursor;
        private final EventLines lines;
        private final Duration time;

        SocketWatch(WatchCursor cursor, EventLines lines, Duration time) {
            this.cursor = cursor;
            this.lines = lines;
            this.time = time;
        }

        @Override
        public void serve(Socket socket) throws IOException, InterruptedException {
            run(cursor, lines, time, socket::sendText);
        }

        @Override
        public void gone() {
            end(cursor);
        }
    }

    private void end(WatchCursor cursor) {
        open.remove(cursor);
        cursor.close();
    }

    private WatchCursor opened(WatchQuery query) {
        WatchCursor cursor = store.watch(query);
        open.add(cursor);
        if (closed) {
            cursor.close();
        }
        return cursor;
    }

    private static void run(WatchCursor cursor, EventLines lines, Duration time, Sink sink)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        try {
            for (StoreEvent event = cursor.next(left(end)); event != null; event = cursor.next(left(end))) {
                sink.send(lines.line(event));
            }
        } catch (ApiException fellBehind) {
            sink.send(error(fellBehind));
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private static byte[] error(ApiException refused) {
        String line = "{\"type\":\"ERROR\",\"object\":" + JsonText.write(Statuses.tree(refused.status())) + "}\n";
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private static Duration time(Call call) {
        long asked = Requests.number(call, "timeoutSeconds");
        return Duration.ofSeconds(
                asked > 0 ? asked : ThreadLocalRandom.current().nextInt(SHORTEST_SECONDS, LONGEST_SECONDS));
    }

    /** {@return what a request wants to watch} */
    static WatchQuery query(Call call, ResourceType<?> type, @Nullable String namespace, @Nullable String name) {
        WatchQuery query = WatchQuery.of(type)
                .namespace(namespace)
                .labels(Requests.labels(call))
                .fields(Requests.fields(call));
        WatchQuery named = name == null ? query : query.named(name);
        WatchQuery marked = call.isSet("allowWatchBookmarks") ? named.withBookmarks() : named;
        String version = call.parameterOrEmpty("resourceVersion");
        boolean sendInitial = call.isSet("sendInitialEvents");
        if (sendInitial && !call.parameterOrEmpty("resourceVersionMatch").equals("NotOlderThan")) {
            throw ApiException.invalidOptions(
                    "ListOptions",
                    "resourceVersionMatch",
                    "FieldValueForbidden",
                    "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        return sendInitial || version.isEmpty() || version.equals("0")
                ? marked.withInitial()
                : marked.after(revision(version));
    }

    private static long revision(String version) {
        try {
            return Long.parseUnsignedLong(version);
        } catch (NumberFormatException malformed) {
            throw ApiException.of(
                    ApiException.Reason.UNKNOWN,
                    "resourceVersion: Invalid value: \"" + version + "\": strconv.ParseUint: parsing \"" + version
                            + "\": invalid syntax");
        }
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(WatchCursor::close);
    }
}
