package dev.orchestrator.docker;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.spi.DriverException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what the engine says of this driver's containers, on a virtual thread. When the stream breaks off it is
 * opened again, and what may have been missed is announced as lost.
 */
final class Events implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Who is told. */
    interface Listener {

        /** Something happened to a container. */
        void happened(Event event);

        /** The engine answers again, or no longer. */
        void reachable(boolean isReachable);

        /** Events may have been missed. */
        void lost();
    }

    /**
     * Something that happened to a container.
     *
     * @param action what, such as {@code die}
     * @param container the container's id
     * @param podUid the pod it belongs to
     * @param isSandbox whether it is the pause container of its pod
     */
    record Event(String action, String container, String podUid, boolean isSandbox) {}

    private final Engine engine;
    private final TimeSource timers;
    private final String path;
    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Exchange current;
    private boolean isClosed;
    private @Nullable Thread thread;

    Events(Engine engine, TimeSource timers, String instance, Listener listener) {
        this.engine = engine;
        this.timers = timers;
        this.listener = listener;
        String filters =
                Json.text(Map.of("type", List.of("container"), "label", List.of(Labels.INSTANCE + "=" + instance)));
        this.path = "/events?filters=" + Engine.encoded(filters);
    }

    /** Opens the stream; what happens from now on is told. */
    void start() throws InterruptedException {
        Exchange first = open();
        thread = Thread.ofVirtual().name("docker/events").start(() -> run(first));
    }

    private Exchange open() throws InterruptedException {
        Exchange exchange = engine.open("listening to events", "GET", path, "");
        lock.lock();
        try {
            current = exchange;
            if (isClosed) {
                exchange.close();
            }
        } finally {
            lock.unlock();
        }
        return exchange;
    }

    private void run(Exchange first) {
        Exchange exchange = first;
        try {
            while (!isClosed()) {
                listen(exchange);
                exchange = reopen();
                listener.reachable(true);
                listener.lost();
            }
        } catch (InterruptedException e) {
            LOG.debug("listening to events ends", e);
        }
    }

    private void listen(Exchange exchange) {
        try (exchange;
                Json.Values events = Json.values(exchange.getBody())) {
            for (JsonNode event = events.next(); event != null; event = events.next()) {
                tell(event);
            }
            LOG.debug("the engine ended its events");
        } catch (IOException | RuntimeException e) {
            LOG.debug("the events of the engine broke off", e);
        }
    }

    private void tell(JsonNode event) {
        JsonNode actor = event.path("Actor");
        JsonNode attributes = actor.path("Attributes");
        String action = event.path("Action").asText();
        int colon = action.indexOf(':');
        listener.happened(new Event(
                colon < 0 ? action : action.substring(0, colon),
                actor.path("ID").asText(),
                attributes.path(Labels.POD_UID).asText(),
                attributes.path(Labels.KIND).asText().equals(Labels.SANDBOX)));
    }

    private Exchange reopen() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            timers.sleep(pause);
            if (isClosed()) {
                throw new InterruptedException("closed");
            }
            try {
                return open();
            } catch (DriverException e) {
                LOG.debug("the engine can not be listened to, is tried again", e);
                listener.reachable(false);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            if (current != null) {
                current.close();
            }
        } finally {
            lock.unlock();
        }
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(2));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
