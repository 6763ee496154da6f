package dev.orchestrator.samples.guestbook;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.draft.Draft;
import dev.orchestrator.api.model.Resource;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.service;
import static dev.orchestrator.api.draft.Drafts.tcpSocket;

/** The guestbook twice: as a Kubernetes manifest and as Java. */
final class Application {

    private Application() {}

    /** {@return the objects of {@code guestbook.yaml}} */
    static List<Resource> asYaml() throws IOException {
        try (InputStream manifest = Application.class.getResourceAsStream("/guestbook/guestbook.yaml")) {
            if (manifest == null) {
                throw new IOException("guestbook.yaml is not on the class path");
            }
            return Manifests.load(manifest);
        }
    }

    /** {@return the same objects as fluent Java} */
    static List<Draft<?, ?>> asJava() {
        return List.of(
                service("leader").selector("app", "leader").port(Store.PORT),
                deployment("leader")
                        .container(
                                "store",
                                c -> c.image("guestbook/store:1")
                                        .args("leader")
                                        .port(Store.PORT)
                                        .readinessProbe(tcpSocket(Store.PORT).every(Duration.ofSeconds(1)))),
                service("followers").selector("app", "follower").port(Store.PORT),
                deployment("follower")
                        .replicas(2)
                        .container(
                                "store",
                                c -> c.image("guestbook/store:1")
                                        .args("follower", "leader:6379")
                                        .port(Store.PORT)
                                        .readinessProbe(tcpSocket(Store.PORT).every(Duration.ofSeconds(1)))),
                service("frontend").selector("app", "frontend").port(80, 8080),
                deployment("frontend")
                        .replicas(3)
                        .progressDeadline(Duration.ofSeconds(3))
                        .container(
                                "web",
                                c -> c.image("guestbook/frontend:1")
                                        .env("LEADER", "leader:6379")
                                        .env("FOLLOWERS", "followers:6379")
                                        .port(8080)
                                        .readinessProbe(
                                                httpGet("/ready").port(8080).every(Duration.ofSeconds(1)))));
    }
}
