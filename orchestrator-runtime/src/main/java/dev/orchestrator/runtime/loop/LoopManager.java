package dev.orchestrator.runtime.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.store.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the control loops of one orchestrator: one thread hands every change of the store to the controllers that asked
 * for its type, and each queue's workers do the rest.
 *
 * <pre>{@code
 * var loops = new LoopManager(store, time);
 * controllers.forEach(loops::connect);
 * loops.start();
 * ...
 * loops.close();
 * }</pre>
 */
public final class LoopManager implements Wiring, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoopManager.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ObjectStore store;
    private final TimeSource time;
    private final List<KeyQueue<?>> queues = new CopyOnWriteArrayList<>();
    private final Map<ResourceType<?>, List<Consumer<Change<Resource>>>> watches = new HashMap<>();
    private final List<Consumer<Change<Resource>>> customWatches = new ArrayList<>();
    private final Pump pump;
    private boolean started;

    /** Creates loops over a store; nothing runs before {@link #start}. */
    public LoopManager(ObjectStore store, TimeSource time) {
        this.store = store;
        this.time = time;
        this.pump = new Pump(store, watches, customWatches, this::startWorkers);
    }

    /** Connects a controller. */
    public void connect(Controller controller) {
        controller.connect(this);
    }

    @Override
    public <K> WorkQueue<K> queue(String name, int workers, Reconciler<K> reconciler) {
        checkNotStarted(name);
        var queue = new KeyQueue<>(name, workers, reconciler, time);
        queues.add(queue);
        return queue;
    }

    // A change of a type holds objects of that type.
    @SuppressWarnings("unchecked")
    @Override
    public <R extends Resource> void watch(ResourceType<R> type, Consumer<Change<R>> onChange) {
        checkNotStarted(type.toString());
        watches.computeIfAbsent(type, missing -> new ArrayList<>())
                .add((Consumer<Change<Resource>>) (Consumer<?>) onChange);
    }

    @SuppressWarnings("unchecked") // the pump hands it nothing but custom objects
    @Override
    public void watchCustom(Consumer<Change<CustomObject>> onChange) {
        checkNotStarted("custom kinds");
        customWatches.add((Consumer<Change<Resource>>) (Consumer<?>) onChange);
    }

    private void checkNotStarted(String what) {
        if (started) {
            throw new IllegalStateException(what + ": the loops run already");
        }
    }

    /**
     * Starts the loops: the objects that exist are handed out as additions, then every change. No worker begins before
     * all of them are: else it would decide on half of what there is, as on a cluster without nodes.
     */
    public void start() {
        started = true;
        pump.start();
    }

    private void startWorkers() {
        queues.forEach(KeyQueue::start);
    }

    /** {@return the revision up to which changes have been handed out} */
    public long revision() {
        return pump.revision();
    }

    /** {@return what each queue has done so far} */
    public List<QueueMetrics> metrics() {
        return queues.stream().map(KeyQueue::metrics).toList();
    }

    /** Ends the loops as {@link #close(Duration)} does, within ten seconds. */
    @Override
    public void close() {
        close(PATIENCE);
    }

    /**
     * Ends the loops: no more changes are handed out, keys that wait are dropped, workers are interrupted and waited
     * for.
     *
     * @param deadline how long to wait at most; workers that still run then are named in the log and left behind
     */
    public void close(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        pump.stop();
        queues.forEach(KeyQueue::stop);
        try {
            pump.join(left(end));
            for (KeyQueue<?> queue : queues) {
                for (Thread worker : queue.threads()) {
                    if (!worker.equals(Thread.currentThread()) && !worker.join(left(end))) {
                        LOG.warn("{}: a worker still runs {} after close", queue.name(), deadline);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("interrupted while the loops were closed; workers may still run", e);
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    }

    ObjectStore store() {
        return store;
    }
}
