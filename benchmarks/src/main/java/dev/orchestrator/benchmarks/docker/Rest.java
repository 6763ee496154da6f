package dev.orchestrator.benchmarks.docker;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import dev.orchestrator.api.ApiException;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.spi.SandboxState;

/**
 * Fifty pods that write a line a second: 300 followers of their logs while the pods are asked things, then nobody but
 * the orchestrator for a while. Arguments: calls, seconds.
 */
final class Rest {

    private static final int PODS = 50;
    private static final int FOLLOWERS = 300;

    private Rest() {}

    /** Prints {@code call} in milliseconds, {@code threads}, {@code lines} and {@code percent} of a core. */
    public static void main(String[] arguments) throws InterruptedException {
        try (var ours = new Ours()) {
            for (int i = 0; i < PODS; i++) {
                ours.createTalking("pod-" + i);
            }
            for (int i = 0; i < PODS; i++) {
                ours.awaitRunning("pod-" + i);
            }
            int before = threads();
            follow(ours, Integer.parseInt(arguments[0]), before);
            int seconds = Integer.parseInt(arguments[1]);
            // What the followers have left behind is cleaned up before anything is measured.
            pause(seconds / 4);
            long cpu = cpu();
            long begin = System.nanoTime();
            pause(seconds);
            Measured.print(System.out, "percent", 100.0 * (cpu() - cpu) / (System.nanoTime() - begin));
        }
    }

    private static void follow(Ours ours, int calls, int before) throws InterruptedException {
        var lines = new Semaphore(0);
        List<Thread> followers = new ArrayList<>();
        for (int i = 0; i < FOLLOWERS; i++) {
            String pod = "pod-" + i % PODS;
            followers.add(Thread.ofVirtual().name("follower/" + i).start(() -> read(ours, pod, lines)));
        }
        // Everybody has read something.
        lines.acquire(FOLLOWERS);
        Measured.print(System.out, "threads", threads() - before);
        long begin = System.nanoTime();
        int early = lines.availablePermits();
        List<SandboxState> pods = ours.driver().sandboxes();
        for (int i = 0; i < calls; i++) {
            long asked = System.nanoTime();
            if (ours.driver().sandbox(pods.get(i % pods.size()).id()).isEmpty()) {
                throw new IllegalStateException("a pod is gone");
            }
            Measured.print(System.out, "call", (System.nanoTime() - asked) / 1e6);
        }
        int read = lines.availablePermits() - early;
        Measured.print(System.out, "lines", read * 1e9 / (System.nanoTime() - begin));
        for (Thread follower : followers) {
            follower.interrupt();
        }
        for (Thread follower : followers) {
            follower.join();
        }
    }

    private static void read(Ours ours, String pod, Semaphore lines) {
        try {
            ours.cluster().pods().named(pod).logs().follow(line -> lines.release());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ApiException e) {
            System.out.println(pod + ": " + e.getMessage());
        }
    }

    /** {@return how many platform threads there are; virtual ones are not counted} */
    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static void pause(int seconds) throws InterruptedException {
        if (new CountDownLatch(1).await(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody counts this down");
        }
    }
}
