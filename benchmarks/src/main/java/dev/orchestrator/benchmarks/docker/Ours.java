package dev.orchestrator.benchmarks.docker;

import java.time.Duration;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.Propagation;
import dev.orchestrator.api.draft.PodDraft;
import dev.orchestrator.docker.DockerDriver;

import static dev.orchestrator.api.draft.Drafts.pod;

/** An orchestrator of ours on the engine. */
final class Ours implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final DockerDriver driver = DockerDriver.builder().maxPods(250).build();
    private final Orchestrator cluster;

    Ours() throws InterruptedException {
        cluster = Orchestrator.builder(driver).closeTimeout(PATIENCE).start();
    }

    DockerDriver driver() {
        return driver;
    }

    Orchestrator cluster() {
        return cluster;
    }

    private static PodDraft draft(String name) {
        return pod(name)
                .container("app", c -> c.image(RawEngine.IMAGE).command(RawEngine.COMMAND.toArray(String[]::new)));
    }

    void create(String name) {
        cluster.pods().create(draft(name));
    }

    /** Creates a pod whose container writes a line now and then. */
    void createTalking(String name) {
        cluster.pods()
                .create(pod(name)
                        .container(
                                "app",
                                c -> c.image(RawEngine.IMAGE)
                                        .command(
                                                "sh",
                                                "-c",
                                                "trap 'exit 0' TERM; while true; do date; sleep 1 & wait $!; done")));
    }

    void awaitRunning(String name) throws InterruptedException {
        cluster.pods()
                .named(name)
                .await(
                        "running",
                        now -> now.status().containerStatuses().stream()
                                .anyMatch(status -> status.state().running() != null),
                        PATIENCE);
    }

    void up(String name) throws InterruptedException {
        create(name);
        awaitRunning(name);
    }

    void delete(String name) {
        cluster.pods().named(name).delete(Propagation.BACKGROUND, Duration.ofSeconds(30));
    }

    void down(String name) throws InterruptedException {
        delete(name);
        cluster.pods().named(name).awaitDeleted(PATIENCE);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
