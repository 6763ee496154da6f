package dev.orchestrator.docker;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes who waits for something to happen to a container. */
final class Changes {

    private final Map<String, Set<Watch>> watches = new ConcurrentHashMap<>();

    /** A wait for changes of one container; none is missed between two waits. */
    final class Watch implements AutoCloseable {

        private final String container;
        private final Semaphore changed = new Semaphore(0);

        private Watch(String container) {
            this.container = container;
        }

        /** Waits for the next change, or until the time is over. */
        void await(Duration limit) throws InterruptedException {
            if (changed.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                changed.drainPermits();
            }
        }

        /** Wakes who waits and watches no longer. */
        @Override
        public void close() {
            watches.computeIfPresent(container, (id, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
            changed.release();
        }
    }

    Watch watch(String container) {
        var watch = new Watch(container);
        watches.compute(container, (id, all) -> {
            Set<Watch> some = all == null ? ConcurrentHashMap.newKeySet() : all;
            some.add(watch);
            return some;
        });
        return watch;
    }

    void changed(String container) {
        Set<Watch> all = watches.get(container);
        if (all != null) {
            all.forEach(watch -> watch.changed.release());
        }
    }

    /** Wakes everybody: something may have been missed. */
    void lost() {
        watches.keySet().forEach(this::changed);
    }
}
