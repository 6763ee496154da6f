package dev.orchestrator.benchmarks.scale;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.WatchEvent;
import dev.orchestrator.api.WatchReader;
import dev.orchestrator.api.draft.ContainerDraft;
import dev.orchestrator.api.draft.DeploymentDraft;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.memory.InMemoryDriver;

import static dev.orchestrator.api.draft.Drafts.deployment;

/**
 * Deployments of equal size on equal nodes.
 *
 * @param pods in all
 * @param nodes that run them
 * @param deployments that keep them
 */
public record Fleet(int pods, int nodes, int deployments) {

    /** What the containers run. */
    public static final String IMAGE = "registry.example.com/shop/web:1.29";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** {@return a cluster with these nodes and nothing else} */
    public Orchestrator cluster() throws InterruptedException {
        return Orchestrator.start(InMemoryDriver.builder().nodes(nodes).build());
    }

    private List<DeploymentDraft> drafts() {
        return IntStream.rangeClosed(1, deployments)
                .mapToObj(number -> template(deployment("web-" + number).replicas(pods / deployments), c -> {}))
                .toList();
    }

    /**
     * {@return the deployment with the container of the reference pod, except for its probe}
     *
     * @param more what the container is to have besides
     */
    public static DeploymentDraft template(DeploymentDraft draft, Consumer<ContainerDraft> more) {
        return draft.podLabel("tier", "frontend")
                .podAnnotation("example.com/checksum", "9f86d081884c7d65")
                .podAnnotation("example.com/revision", "17")
                .container(
                        "web",
                        c -> more.accept(c.image(IMAGE)
                                .port("http", 8080)
                                .env("MODE", "production")
                                .env("PEERS", "web-0,web-1,web-2")
                                .request("cpu", "100m")
                                .request("memory", "128Mi")
                                .limit("cpu", "500m")
                                .limit("memory", "256Mi")));
    }

    /** {@return how many nanoseconds pass from the first deployment's creation until all say that all is ready} */
    public long start(Orchestrator cluster) throws InterruptedException {
        List<DeploymentDraft> drafts = drafts();
        long begin = System.nanoTime();
        try (WatchReader<Deployment> watch = cluster.deployments().watch()) {
            drafts.forEach(draft -> cluster.deployments().create(draft));
            awaitReady(watch);
        }
        long end = System.nanoTime();
        long ready = cluster.pods().list().stream().filter(Pod::isReady).count();
        if (ready != pods) {
            throw new IllegalStateException(ready + " of " + pods + " pods are ready");
        }
        return end - begin;
    }

    private void awaitReady(WatchReader<Deployment> watch) throws InterruptedException {
        Set<String> complete = new HashSet<>();
        while (complete.size() < deployments) {
            WatchEvent<Deployment> event = watch.next(PATIENCE);
            if (event == null) {
                throw new IllegalStateException(
                        "no news within " + PATIENCE + "; complete: " + complete.size() + " of " + deployments);
            }
            Deployment changed = event.object();
            if (changed.isComplete() && changed.status().readyReplicas() == pods / deployments) {
                complete.add(changed.metadata().nameOrEmpty());
            }
        }
    }
}
