package dev.orchestrator.benchmarks.docker;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.orchestrator.benchmarks.report.Measured;

/** Twenty pods at once: ours, raw by 4, 8 and 20 at a time, the CLI by 8 and 20. Argument: rounds. */
final class Crowd {

    private static final int PODS = 20;

    private final Ours ours;
    private final RawEngine raw = new RawEngine();
    private final String network = "benchmark-" + ProcessHandle.current().pid();

    private interface Act {
        void on(String name) throws Exception;
    }

    private Crowd() throws InterruptedException {
        ours = new Ours();
    }

    /** Prints milliseconds named {@code ours}, {@code raw-8} and so on. */
    public static void main(String[] arguments) throws Exception {
        var crowd = new Crowd();
        crowd.raw.makeNetwork(crowd.network);
        try (crowd.ours) {
            crowd.ours.up("first");
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                crowd.round();
            }
        } finally {
            crowd.raw.removeNetwork(crowd.network);
            crowd.raw.close();
        }
    }

    private void round() throws Exception {
        List<String> names =
                IntStream.range(0, PODS).mapToObj(i -> "crowd-" + i).toList();
        long begin = System.nanoTime();
        for (String name : names) {
            ours.create(name);
        }
        for (String name : names) {
            ours.awaitRunning(name);
        }
        print("ours", begin);
        names.forEach(ours::delete);
        for (String name : names) {
            ours.cluster().pods().named(name).awaitDeleted(Ours.PATIENCE);
        }
        for (int workers : List.of(4, 8, PODS)) {
            begin = System.nanoTime();
            all(workers, name -> raw.up(network, name));
            print("raw-" + workers, begin);
            all(workers, raw::down);
        }
        for (int workers : List.of(8, PODS)) {
            begin = System.nanoTime();
            all(workers, name -> CliEngine.up(network, name));
            print("cli-" + workers, begin);
            all(workers, raw::down);
        }
    }

    private static void print(String name, long begin) {
        Measured.print(System.out, name, (System.nanoTime() - begin) / 1e6);
    }

    private void all(int workers, Act act) throws Exception {
        var names = new ConcurrentLinkedQueue<>(
                IntStream.range(0, PODS).mapToObj(i -> network + "-" + i).toList());
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            List<? extends Future<?>> done = IntStream.range(0, workers)
                    .mapToObj(i -> pool.submit(() -> {
                        for (String name = names.poll(); name != null; name = names.poll()) {
                            act.on(name);
                        }
                        return workers;
                    }))
                    .toList();
            for (Future<?> one : done) {
                one.get();
            }
        }
    }
}
