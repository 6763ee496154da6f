package dev.orchestrator.samples.quickstart;

import java.net.URI;
import java.nio.file.Path;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.memory.InMemoryDriver;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.service;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

/** The program of the README, word for word between the marks. */
public final class Quickstart {

    private Quickstart() {}

    /** Runs the program; the argument is a manifest to apply. */
    public static void main(String[] args) throws Exception {
        run(Path.of(args[0]));
    }

    static void run(Path manifest) throws Exception {
        // README begins
        try (Orchestrator cluster = Orchestrator.start(new InMemoryDriver())) {
            cluster.apply(
                    deployment("web")
                            .replicas(3)
                            .container(
                                    "nginx",
                                    c -> c.image("nginx:1.29")
                                            .port(80)
                                            .readinessProbe(
                                                    httpGet("/").port(80).every(ofMillis(500)))),
                    service("web").selector("app", "web").port(80));

            var web = cluster.deployments().named("web");
            web.awaitAvailable(ofSeconds(30));
            URI url = cluster.services().named("web").uri(); // stable for the life of the service
            System.out.println(url);

            web.scale(5);
            web.setImage("nginx", "nginx:1.30").awaitRollout(ofSeconds(30));
            web.undoRollout().awaitRollout(ofSeconds(30)); // also: pause, resume, restart, history

            cluster.pods().labelled("app", "web").first().logs().lines().forEach(System.out::println);
            cluster.apply(Manifests.load(manifest)); // plain Kubernetes YAML
        }
        // README ends
    }
}
