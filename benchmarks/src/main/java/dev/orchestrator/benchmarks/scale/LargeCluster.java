package dev.orchestrator.benchmarks.scale;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.WatchEvent;
import dev.orchestrator.api.WatchReader;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.benchmarks.floor.FloorRun;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Samples;

/**
 * Starts one large fleet, looks at its memory, and then deletes pods one after another, each time waiting for the
 * replacement, by a watch on all pods. Arguments: pods, nodes, deployments, deletions.
 */
final class LargeCluster {

    private static final int WARM_UP = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private LargeCluster() {}

    public static void main(String[] arguments) throws InterruptedException {
        int[] numbers = IntStream.range(0, 4)
                .map(index -> Integer.parseInt(arguments[index]))
                .toArray();
        var fleet = new Fleet(numbers[0], numbers[1], numbers[2]);
        try (var cluster = fleet.cluster()) {
            long cpu = cpu();
            Measured.print(System.out, "millis", fleet.start(cluster) / 1e6);
            Measured.print(System.out, "cpu", (cpu() - cpu) / 1e6);
            Measured.print(System.out, "peak", megabytes(peak()));
            System.gc();
            System.gc();
            Measured.print(
                    System.out,
                    "heap",
                    megabytes(ManagementFactory.getMemoryMXBean()
                            .getHeapMemoryUsage()
                            .getUsed()));
            var healed = heal(cluster, numbers[3]);
            Measured.print(System.out, "heal.p50", healed.median());
            Measured.print(System.out, "heal.p99", healed.percentile(99));
            Measured.print(System.out, "heal.max", healed.max());
        }
        System.gc();
        // Once more, now that the code is compiled, beside the floor.
        try (var cluster = fleet.cluster()) {
            Measured.print(System.out, "warm", fleet.start(cluster) / 1e6);
        }
        FloorRun.millis(fleet.pods());
        System.gc();
        Measured.print(System.out, "floor", FloorRun.millis(fleet.pods()));
    }

    private static Samples heal(Orchestrator cluster, int deletions) throws InterruptedException {
        try (WatchReader<Pod> watch = cluster.pods().watch()) {
            List<Pod> pods = cluster.pods().list();
            for (int seen = 0; seen < pods.size(); seen++) {
                next(watch);
            }
            var random = new Random(17);
            int[] victims = random.ints(0, pods.size())
                    .distinct()
                    .limit(WARM_UP + deletions)
                    .toArray();
            long[] nanos = new long[deletions];
            for (int index = 0; index < victims.length; index++) {
                long taken = replace(cluster, watch, pods.get(victims[index]));
                if (index >= WARM_UP) {
                    nanos[index - WARM_UP] = taken;
                }
            }
            return Samples.ofNanos(nanos, 1e6);
        }
    }

    private static long replace(Orchestrator cluster, WatchReader<Pod> watch, Pod victim) throws InterruptedException {
        String owner = victim.metadata().controller().orElseThrow().uid();
        String replacement = "";
        boolean isGone = false;
        long ready = 0;
        long begin = System.nanoTime();
        cluster.pods().named(victim.metadata().nameOrEmpty()).delete();
        while (ready == 0 || !isGone) {
            WatchEvent<Pod> event = next(watch);
            Pod pod = event.object();
            boolean isSibling = pod.metadata().controller().orElseThrow().uid().equals(owner);
            String uid = pod.metadata().uidOrEmpty();
            if (event.kind() == WatchEvent.Kind.ADDED && isSibling) {
                replacement = uid;
            }
            if (ready == 0 && uid.equals(replacement) && pod.isReady()) {
                ready = System.nanoTime() - begin;
            }
            isGone |= event.kind() == WatchEvent.Kind.DELETED
                    && uid.equals(victim.metadata().uidOrEmpty());
        }
        LockSupport.parkNanos(PAUSE.toNanos());
        return ready;
    }

    private static WatchEvent<Pod> next(WatchReader<Pod> watch) throws InterruptedException {
        WatchEvent<Pod> event = watch.next(PATIENCE);
        if (event == null) {
            throw new IllegalStateException("no news within " + PATIENCE);
        }
        return event;
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(java.lang.management.MemoryUsage::getUsed)
                .sum();
    }

    private static double megabytes(long bytes) {
        return bytes / 1048576.0;
    }
}
