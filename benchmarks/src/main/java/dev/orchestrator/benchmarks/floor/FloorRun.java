package dev.orchestrator.benchmarks.floor;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One run of the ring floor with five watchers. */
public final class FloorRun {

    /** Writes for a pod until it runs: created, bound, running. */
    public static final int WRITES_PER_POD = 3;

    private static final int WATCHERS = 5;

    private FloorRun() {}

    /** {@return the milliseconds until all watchers have seen so many pods running} */
    public static double millis(int pods) throws InterruptedException {
        var running = new CountDownLatch(pods * WATCHERS);
        List<Consumer<FloorPod>> watchers = IntStream.range(0, WATCHERS)
                .<Consumer<FloorPod>>mapToObj(number -> pod -> {
                    if (pod.phase().equals("Running")) {
                        running.countDown();
                    }
                })
                .toList();
        try (var floor = new RingFloor(watchers)) {
            long begin = System.nanoTime();
            floor.start(pods);
            if (!running.await(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the floor stands still");
            }
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    /** {@return the writes a second of the same run} */
    public static double writesPerSecond(int pods) throws InterruptedException {
        return pods * WRITES_PER_POD * 1000.0 / millis(pods);
    }
}
