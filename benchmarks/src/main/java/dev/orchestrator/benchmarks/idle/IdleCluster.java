package dev.orchestrator.benchmarks.idle;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.scale.Fleet;
import dev.orchestrator.memory.HttpReply;
import dev.orchestrator.memory.InMemoryDriver;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.httpGet;

/**
 * Lets a thousand ready pods be probed over HTTP every ten seconds and takes the CPU time of the whole process, which
 * also serves the probes. Arguments: seconds before, seconds measured.
 */
final class IdleCluster {

    private static final int PODS = 1000;
    private static final int WARMERS = 300;

    private IdleCluster() {}

    public static void main(String[] arguments) throws InterruptedException {
        var probes = new LongAdder();
        var driver = InMemoryDriver.builder()
                .nodes(10)
                .image(Fleet.IMAGE, container -> {
                    container.serveHttp(8080, call -> {
                        probes.increment();
                        return HttpReply.ok("well");
                    });
                    return container.awaitStop();
                })
                .build();
        try (var cluster = Orchestrator.start(driver)) {
            cluster.deployments()
                    .create(Fleet.template(
                            deployment("web").replicas(PODS),
                            container -> container.readinessProbe(
                                    httpGet("/healthz").port(8080).every(Duration.ofSeconds(10)))));
            cluster.deployments().named("web").awaitRollout(Duration.ofMinutes(2));
            warmUp(cluster, Integer.parseInt(arguments[0]));
            measure(probes, () -> pause(Integer.parseInt(arguments[1])));
        }
    }

    /** Takes the CPU time of the process and counts the probes while something runs. */
    static void measure(LongAdder probes, Runnable task) {
        long cpu = cpu();
        probes.reset();
        long begin = System.nanoTime();
        task.run();
        double nanos = System.nanoTime() - begin;
        Measured.print(System.out, "percent", 100 * (cpu() - cpu) / nanos);
        Measured.print(System.out, "probes", probes.sum() * 1e9 / nanos);
    }

    /**
     * Probes thirty times as often for a while: a cluster that has been up for an hour has compiled its code. Twice,
     * because the end of the first pods takes paths that throw compiled code away.
     */
    private static void warmUp(Orchestrator cluster, int seconds) {
        for (int time = 0; time < 2; time++) {
            cluster.deployments()
                    .create(Fleet.template(
                            deployment("warm").replicas(WARMERS),
                            container -> container.readinessProbe(
                                    httpGet("/healthz").port(8080).every(Duration.ofMillis(100)))));
            pause(seconds / 2);
            cluster.deployments().named("warm").delete();
            pause(seconds / 4);
        }
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    static void pause(int seconds) {
        try {
            if (new CountDownLatch(1).await(seconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody counts this down");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }
}
