package dev.orchestrator.benchmarks.start;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.memory.InMemoryDriver;

import static dev.orchestrator.api.draft.Drafts.deployment;

/** From {@code main()} to a deployment created and read back. */
final class DeploymentStart {

    private DeploymentStart() {}

    public static void main(String[] arguments) throws InterruptedException {
        long begin = System.nanoTime();
        try (var cluster = Orchestrator.start(new InMemoryDriver())) {
            cluster.deployments()
                    .create(deployment("web")
                            .replicas(1)
                            .container("nginx", c -> c.image("nginx:1.29").port(80)));
            String uid = cluster.deployments().named("web").get().metadata().uidOrEmpty();
            Measured.print(System.out, "millis", (System.nanoTime() - begin) / 1e6);
            if (uid.isEmpty()) {
                throw new IllegalStateException("a deployment without uid");
            }
        }
    }
}
