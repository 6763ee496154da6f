package dev.orchestrator.runtime.loop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.WatchCursor;
import dev.orchestrator.runtime.store.WatchQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that reads the changes of the store and hands each to those who asked for its type. */
final class Pump {

    private static final Logger LOG = LoggerFactory.getLogger(Pump.class);
    private static final Duration FOREVER = Duration.ofDays(365);

    private final ObjectStore store;
    private final Map<ResourceType<?>, List<Consumer<Change<Resource>>>> watches;
    private final List<Consumer<Change<Resource>>> customWatches;
    private final Runnable onSynced;
    private final Thread thread;
    private volatile @Nullable WatchCursor cursor;
    private volatile long revision;
    private volatile boolean stopped;

    /**
     * Reads nothing yet.
     *
     * @param onSynced called once, when all objects that exist have been handed out
     */
    Pump(
            ObjectStore store,
            Map<ResourceType<?>, List<Consumer<Change<Resource>>>> watches,
            List<Consumer<Change<Resource>>> customWatches,
            Runnable onSynced) {
        this.store = store;
        this.customWatches = customWatches;
        this.watches = watches;
        this.onSynced = onSynced;
        this.thread = Thread.ofPlatform().daemon().name("orchestrator-pump").unstarted(this::run);
    }

    void start() {
        cursor = store.watchAsWork(WatchQuery.of().withInitial());
        thread.start();
    }

    long revision() {
        return revision;
    }

    private void run() {
        WatchCursor current = cursor;
        boolean synced = false;
        while (current != null) {
            try {
                if (!synced) {
                    handExisting(current);
                    synced = true;
                    onSynced.run();
                }
                pump(current);
            } catch (InterruptedException e) {
                LOG.debug("interrupted", e);
            } catch (ApiException e) {
                // Deletions in the gap are not reported: their owners and namespaces are, and look at what is left.
                LOG.error("the controllers fell behind the history and start over with what exists", e);
            } finally {
                current.close();
            }
            current = stopped ? null : store.watchAsWork(WatchQuery.of().withInitial());
        }
    }

    private void handExisting(WatchCursor current) {
        long existing = current.revision();
        StoreEvent event = current.poll();
        while (event != null && !stopped) {
            hand(event);
            revision = event.revision();
            event = revision > existing ? null : current.poll();
        }
    }

    private void pump(WatchCursor current) throws InterruptedException {
        while (!stopped) {
            StoreEvent event = current.next(FOREVER);
            if (event != null) {
                hand(event);
                revision = event.revision();
            }
        }
    }

    private void hand(StoreEvent event) {
        ResourceType<?> type = event.object().resourceType();
        List<Consumer<Change<Resource>>> interested = type.isCustom() ? customWatches : watches.get(type);
        if (interested == null) {
            return;
        }
        var change = new Change<>(event.previous(), event.kind() == StoreEvent.Kind.DELETED ? null : event.object());
        for (Consumer<Change<Resource>> onChange : interested) {
            try {
                onChange.accept(change);
            } catch (RuntimeException | LinkageError | AssertionError e) {
                LOG.error(
                        "a watch of {} failed on {}",
                        event.object().resourceType(),
                        event.object().key(),
                        e);
            }
        }
    }

    void stop() {
        stopped = true;
        thread.interrupt();
    }

    void join(Duration patience) throws InterruptedException {
        if (thread.getState() != Thread.State.NEW && !thread.equals(Thread.currentThread()) && !thread.join(patience)) {
            LOG.warn("{} still runs after close", thread.getName());
        }
    }
}
