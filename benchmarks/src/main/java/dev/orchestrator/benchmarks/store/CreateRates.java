package dev.orchestrator.benchmarks.store;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.benchmarks.floor.FloorRun;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Samples;
import dev.orchestrator.memory.InMemoryDriver;

/**
 * Creates pods through the public API with five watchers, by one thread and by sixteen; the time runs until every
 * watcher has seen every pod. Argument: at how many stored pods the rate is taken again.
 */
final class CreateRates {

    private static final int WATCHERS = 5;
    private static final int CHUNK = 10_000;
    private static final int RATED = 3 * CHUNK;
    private static final int START = 1_000;
    private static final int WARM_UP = 100_000;

    private CreateRates() {}

    public static void main(String[] arguments) throws InterruptedException {
        int large = Integer.parseInt(arguments[0]);
        // Warm-up of both, long enough for the optimizing compiler: else the rate would seem to grow with the store.
        new Round("", 1, false, WARM_UP).run();
        new Round("", 16, false, WARM_UP).run();
        new Round("", 1, true, 0).run();
        new Round("", 16, true, 0).run();
        FloorRun.writesPerSecond(large);
        new Round("t1", 1, false, large).run();
        Measured.print(System.out, "floor", FloorRun.writesPerSecond(large));
        new Round("t16", 16, false, large).run();
        Measured.print(System.out, "floor", FloorRun.writesPerSecond(large));
        new Round("own.t1", 1, true, 0).run();
        new Round("own.t16", 16, true, 0).run();
    }

    /** One cluster from empty to many pods; with an empty name nothing is printed. */
    private record Round(String name, int threads, boolean hasOwnSpecs, int large) {

        void run() throws InterruptedException {
            try (var cluster = Orchestrator.start(new InMemoryDriver());
                    var audience = new Audience(cluster, WATCHERS);
                    var executor = Executors.newFixedThreadPool(threads)) {
                cluster.serviceAccounts().named("default").await("to be there", a -> true, Duration.ofSeconds(10));
                var pods = ReferencePods.in(cluster);
                IntFunction<Pod> maker = hasOwnSpecs ? pods::single : pods::replica;
                var writer = new Writer(cluster, audience, executor, threads, maker);
                writer.create(0, START);
                double small = writer.rate(START);
                int stored = START + RATED;
                for (; stored < large; stored += CHUNK) {
                    writer.create(stored, stored + CHUNK);
                }
                if (name.isEmpty()) {
                    return;
                }
                Measured.print(System.out, name + ".small", small);
                if (large > 0) {
                    Measured.print(System.out, name + ".large", writer.rate(stored));
                }
            } finally {
                System.gc();
            }
        }
    }

    private record Writer(
            Orchestrator cluster, Audience audience, ExecutorService executor, int threads, IntFunction<Pod> maker) {

        /** {@return the creates a second of several chunks, the first of which begins at so many stored objects} */
        double rate(int stored) throws InterruptedException {
            double[] rates = new double[RATED / CHUNK];
            for (int chunk = 0; chunk < rates.length; chunk++) {
                int from = stored + chunk * CHUNK;
                rates[chunk] = create(from, from + CHUNK);
            }
            return Samples.of(rates).median();
        }

        /** {@return the creates a second} */
        double create(int from, int until) throws InterruptedException {
            audience.expect(until);
            Pod[] pods = IntStream.range(from, until).mapToObj(maker).toArray(Pod[]::new);
            var next = new AtomicInteger();
            var resources = cluster.pods();
            long begin = System.nanoTime();
            var results = executor.invokeAll(
                    IntStream.range(0, threads)
                            .mapToObj(thread -> Executors.callable(() -> {
                                for (int n = next.getAndIncrement(); n < pods.length; n = next.getAndIncrement()) {
                                    resources.create(pods[n]);
                                }
                            }))
                            .toList(),
                    5,
                    TimeUnit.MINUTES);
            results.forEach(result -> result.resultNow());
            audience.await();
            return (until - from) * 1e9 / (System.nanoTime() - begin);
        }
    }
}
