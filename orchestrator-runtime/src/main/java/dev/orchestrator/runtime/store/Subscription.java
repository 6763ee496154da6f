package dev.orchestrator.runtime.store;

import java.time.Duration;
import java.util.function.Consumer;

import dev.orchestrator.api.ApiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watch that calls back, on a virtual thread of its own, until it is closed, fails or falls behind. */
public final class Subscription implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final Duration FOREVER = Duration.ofDays(365);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WatchCursor cursor;
    private final WatchListener listener;
    private final Consumer<Subscription> onEnd;
    private final Thread thread;
    private volatile boolean closing;

    Subscription(String name, WatchCursor cursor, WatchListener listener, Consumer<Subscription> onEnd) {
        this.cursor = cursor;
        this.listener = listener;
        this.onEnd = onEnd;
        this.thread = Thread.ofVirtual().name("watch/" + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        ApiException reason = null;
        try {
            while (!closing) {
                StoreEvent event = cursor.next(FOREVER);
                if (event != null) {
                    listener.onEvent(event);
                }
            }
        } catch (ApiException e) {
            reason = e;
            if (e.reason() == ApiException.Reason.EXPIRED) {
                LOG.warn("{} ends: its listener was too slow, changes were forgotten", thread.getName());
            } else {
                LOG.error("{} failed", thread.getName(), e);
            }
        } catch (InterruptedException e) {
            LOG.debug("{} interrupted", thread.getName());
        } catch (RuntimeException | Error e) {
            LOG.error("{} failed", thread.getName(), e);
        } finally {
            cursor.close();
            onEnd.accept(this);
        }
        end(reason);
    }

    private void end(@Nullable ApiException reason) {
        try {
            listener.onEnd(reason);
        } catch (RuntimeException e) {
            LOG.error("{} failed at its end", thread.getName(), e);
        }
    }

    /**
     * Ends the watch and waits, unless called by the listener itself, for the call in progress to return. Interrupts a
     * listener that blocks. Calling it again does nothing.
     */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        if (thread.equals(Thread.currentThread())) {
            return;
        }
        try {
            if (!thread.join(PATIENCE)) {
                LOG.warn("{} still runs {} after it was closed", thread.getName(), PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
