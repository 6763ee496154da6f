package dev.orchestrator.benchmarks.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.Watch;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.benchmarks.floor.FloorPod;
import dev.orchestrator.benchmarks.floor.RingFloor;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Samples;
import dev.orchestrator.memory.InMemoryDriver;

/**
 * Changes one pod again and again in an idle cluster and takes the time until each of 100 callbacks has been told. It
 * runs from the moment the last admission plug-in has agreed, so the commit is part of it. Arguments: rounds, changes a
 * round.
 */
final class WatchDelays {

    private static final int WATCHERS = 100;
    private static final int WARM_UP_ROUNDS = 2;
    private static final String CHANGE = "example.com/change";
    private static final Duration PAUSE = Duration.ofMillis(2);

    /** When the last change was about to be committed; every callback is told before the next one begins. */
    private static volatile long committing;

    private WatchDelays() {}

    public static void main(String[] arguments) throws InterruptedException {
        int rounds = Integer.parseInt(arguments[0]);
        int changes = Integer.parseInt(arguments[1]);
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            Samples ours = ours(changes);
            Samples floor = floor(changes);
            if (round >= 0) {
                Measured.print(System.out, "p50", ours.median());
                Measured.print(System.out, "p99", ours.percentile(99));
                Measured.print(System.out, "floor.p50", floor.median());
                Measured.print(System.out, "floor.p99", floor.percentile(99));
            }
        }
    }

    private static Samples ours(int changes) throws InterruptedException {
        var delays = new Delays(changes);
        var plugins = AdmissionPlugins.NONE.validating("clock", review -> committing = System.nanoTime());
        try (var cluster =
                Orchestrator.builder(new InMemoryDriver()).admission(plugins).start()) {
            cluster.serviceAccounts().named("default").await("to be there", a -> true, Duration.ofSeconds(10));
            cluster.pods().create(ReferencePods.in(cluster).replica(0));
            var seen = new CountDownLatch(WATCHERS);
            List<Watch> watches = Stream.generate(() -> cluster.pods().watch(event -> {
                        if (event.object().metadata().annotations().containsKey(CHANGE)) {
                            delays.add(committing);
                        } else {
                            seen.countDown();
                        }
                    }))
                    .limit(WATCHERS)
                    .toList();
            await(seen);
            var handle = cluster.pods().named(ReferencePods.name(0));
            for (int change = 0; change < changes; change++) {
                String number = Integer.toString(change);
                delays.begin(change);
                handle.edit(pod -> changed(pod, number));
                delays.await();
            }
            watches.forEach(Watch::close);
        }
        return delays.samples();
    }

    private static Pod changed(Pod pod, String number) {
        ObjectMeta metadata = pod.metadata();
        var annotations = new HashMap<>(metadata.annotations());
        annotations.put(CHANGE, number);
        return pod.withMetadata(
                ObjectMetaBuilder.builder(metadata).annotations(annotations).build());
    }

    private static Samples floor(int changes) throws InterruptedException {
        var delays = new Delays(changes);
        List<Consumer<FloorPod>> callbacks = IntStream.range(0, WATCHERS)
                .<Consumer<FloorPod>>mapToObj(number -> pod -> delays.add(pod.stamp()))
                .toList();
        try (var floor = new RingFloor(callbacks)) {
            FloorPod pod = FloorPod.numbered(0);
            for (int change = 0; change < changes; change++) {
                delays.begin(change);
                floor.write(pod.stamped(System.nanoTime()));
                delays.await();
            }
        }
        return delays.samples();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not all watchers have been told");
        }
    }

    /** The delays of all callbacks for all changes. */
    private static final class Delays {
        private final long[] nanos;
        private final AtomicInteger position = new AtomicInteger();
        private volatile CountDownLatch told = new CountDownLatch(WATCHERS);

        Delays(int changes) {
            nanos = new long[changes * WATCHERS];
        }

        void begin(int change) {
            position.set(change * WATCHERS);
            told = new CountDownLatch(WATCHERS);
            // So that the watchers are asleep, as in an idle cluster.
            LockSupport.parkNanos(PAUSE.toNanos());
        }

        void add(long stamp) {
            long delay = System.nanoTime() - stamp;
            nanos[position.getAndIncrement()] = delay;
            told.countDown();
        }

        void await() throws InterruptedException {
            WatchDelays.await(told);
        }

        Samples samples() {
            return Samples.ofNanos(Arrays.copyOf(nanos, nanos.length), 1e3);
        }
    }
}
