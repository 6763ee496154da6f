package dev.orchestrator.benchmarks.store;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.benchmarks.floor.FloorPod;
import dev.orchestrator.benchmarks.floor.RingFloor;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Samples;
import dev.orchestrator.memory.InMemoryDriver;

/** Gets and lists of 10,000 pods by one thread, ours and a map's in turn. Argument: rounds. */
final class ReadRates {

    private static final int PODS = 10_000;
    private static final int GETS = 2_000_000;
    private static final int LISTS = 200;
    private static final int WARM_UP_ROUNDS = 2;

    private ReadRates() {}

    public static void main(String[] arguments) throws InterruptedException {
        int rounds = Integer.parseInt(arguments[0]);
        try (var cluster = Orchestrator.start(new InMemoryDriver());
                var floor = new RingFloor(List.of())) {
            cluster.serviceAccounts().named("default").await("to be there", a -> true, Duration.ofSeconds(10));
            var pods = ReferencePods.in(cluster);
            for (int number = 0; number < PODS; number++) {
                cluster.pods().create(pods.replica(number));
                floor.write(FloorPod.numbered(number));
            }
            String[] names =
                    IntStream.range(0, PODS).mapToObj(ReferencePods::name).toArray(String[]::new);
            String[] keys = IntStream.range(0, PODS)
                    .mapToObj(number -> "default/web-" + number)
                    .toArray(String[]::new);
            var resources = cluster.pods();
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                double[] values = {
                    gets(
                            names,
                            name -> resources
                                    .named(name)
                                    .get()
                                    .spec()
                                    .containers()
                                    .size()),
                    gets(keys, key -> floor.get(key) == null ? 0 : 1),
                    lists(() -> touch(cluster, names), () -> sum(resources.list())),
                    lists(() -> rewrite(floor, keys), () -> sumFloor(floor))
                };
                if (round >= 0) {
                    Measured.print(System.out, "get", values[0]);
                    Measured.print(System.out, "get.floor", values[1]);
                    Measured.print(System.out, "list", values[2]);
                    Measured.print(System.out, "list.floor", values[3]);
                }
            }
        }
    }

    private static double gets(String[] names, ToIntFunction<String> get) {
        int[] order = new Random(17).ints(1 << 16, 0, names.length).toArray();
        long found = 0;
        long begin = System.nanoTime();
        for (int i = 0; i < GETS; i++) {
            found += get.applyAsInt(names[order[i & (order.length - 1)]]);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        check(found, GETS);
        return GETS / seconds;
    }

    // Before every list an object changes: what is kept of an earlier list does not help.
    private static double lists(Runnable change, Supplier<Integer> list) {
        long[] nanos = new long[LISTS];
        for (int i = 0; i < LISTS; i++) {
            change.run();
            long begin = System.nanoTime();
            int found = list.get();
            nanos[i] = System.nanoTime() - begin;
            check(found, PODS);
        }
        return Samples.ofNanos(nanos, 1e6).median();
    }

    private static void touch(Orchestrator cluster, String[] names) {
        cluster.pods().named(names[names.length / 2]).annotate("touched", Long.toString(System.nanoTime()));
    }

    private static void rewrite(RingFloor floor, String[] keys) {
        FloorPod pod = floor.get(keys[keys.length / 2]);
        if (pod != null) {
            floor.write(pod.stamped(System.nanoTime()));
        }
    }

    private static int sum(List<Pod> pods) {
        int sum = 0;
        for (Pod pod : pods) {
            sum += pod.spec().containers().size();
        }
        return sum;
    }

    private static int sumFloor(RingFloor floor) {
        int sum = 0;
        for (FloorPod pod : floor.list()) {
            sum += pod.phase().isEmpty() ? 0 : 1;
        }
        return sum;
    }

    private static void check(long found, long expected) {
        if (found != expected) {
            throw new IllegalStateException("found " + found + " of " + expected);
        }
    }
}
