package dev.orchestrator.benchmarks.store;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.Watch;

/** Watchers of all pods that count what they see. */
final class Audience implements AutoCloseable {

    /** What all have to have seen before somebody goes on. */
    private record Goal(long count, CountDownLatch reached) {}

    private final int size;
    private final List<Watch> watches;
    private volatile Goal goal = new Goal(Long.MAX_VALUE, new CountDownLatch(1));

    Audience(Orchestrator cluster, int size) {
        this.size = size;
        this.watches = Stream.generate(() -> {
                    var watcher = new Watcher();
                    return cluster.pods().watch(event -> watcher.see());
                })
                .limit(size)
                .toList();
    }

    /**
     * Says how many changes since the beginning each is to see until {@link #await}; to be called before they happen.
     */
    void expect(long count) {
        goal = new Goal(count, new CountDownLatch(size));
    }

    void await() throws InterruptedException {
        if (!goal.reached().await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a watcher has not seen all changes: it fell behind");
        }
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }

    private final class Watcher {
        private long seen;

        void see() {
            seen++;
            Goal present = goal;
            if (seen == present.count()) {
                present.reached().countDown();
            }
        }
    }
}
