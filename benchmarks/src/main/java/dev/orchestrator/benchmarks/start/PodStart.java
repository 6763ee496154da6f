package dev.orchestrator.benchmarks.start;

import java.time.Duration;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.memory.InMemoryDriver;

import static dev.orchestrator.api.draft.Drafts.pod;

/** From {@code main()} to a pod that is ready, seen through the handle's wait. */
final class PodStart {

    private PodStart() {}

    public static void main(String[] arguments) throws InterruptedException {
        long begin = System.nanoTime();
        try (var cluster = Orchestrator.start(new InMemoryDriver())) {
            cluster.pods()
                    .create(pod("web")
                            .container("nginx", c -> c.image("nginx:1.29").port(80)));
            cluster.pods().named("web").awaitReady(Duration.ofSeconds(30));
            Measured.print(System.out, "millis", (System.nanoTime() - begin) / 1e6);
        }
    }
}
