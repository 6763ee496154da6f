package dev.orchestrator.runtime;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.memory.ContainerScript;
import dev.orchestrator.memory.HttpReply;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.namespace;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.service;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OrchestratorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static InMemoryDriver web() {
        return new InMemoryDriver().image("web", container -> {
            container.serveHttp(8080, call -> HttpReply.ok(container.image()));
            return container.awaitStop();
        });
    }

    @Test
    void rollsOutUnderClientsWithoutAFailedRequest() throws Exception {
        try (Orchestrator cluster = Orchestrator.start(web());
                HttpClient http = HttpClient.newHttpClient()) {
            cluster.apply(
                    deployment("web")
                            .replicas(3)
                            .container(
                                    "web",
                                    c -> c.image("web:1")
                                            .port(8080)
                                            .readinessProbe(
                                                    httpGet("/").port(8080).every(Duration.ofMillis(50)))),
                    service("web").selector("app", "web").port(80, 8080));
            var web = cluster.deployments().named("web").awaitAvailable(PATIENCE);
            URI uri = cluster.services().named("web").uri();
            var stop = new AtomicBoolean();
            var answered = new AtomicInteger();
            var failures = new ConcurrentLinkedQueue<String>();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(Thread.ofVirtual().start(() -> read(http, uri, stop, answered, failures)));
            }

            for (int version = 2; version <= 6; version++) {
                web.setImage("web", "web:" + version).awaitRollout(PATIENCE);
            }
            stop.set(true);
            for (Thread client : clients) {
                client.join();
            }

            assertThat(failures).as("of %s requests", answered).isEmpty();
            assertThat(answered.get()).isPositive();
        }
    }

    @Test
    void onlyTheNewVersionAnswersOnceItIsRolledOut() throws Exception {
        try (Orchestrator cluster = Orchestrator.start(web())) {
            cluster.apply(
                    deployment("web")
                            .replicas(3)
                            .container("web", c -> c.image("web:1").port(8080)),
                    service("web").selector("app", "web").port(80, 8080));
            var web = cluster.deployments().named("web").awaitAvailable(PATIENCE);
            URI uri = cluster.services().named("web").uri();

            for (int version = 2; version <= 40; version++) {
                web.setImage("web", "web:" + version).awaitRollout(PATIENCE);

                HttpRequest request =
                        HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
                for (int i = 0; i < 3; i++) {
                    // A connection that is kept may go on to an old pod for as long as that takes to stop.
                    try (HttpClient http = HttpClient.newHttpClient()) {
                        assertThat(http.send(request, BodyHandlers.ofString()).body())
                                .isEqualTo("web:" + version);
                    }
                }
            }
        }
    }

    private static void read(
            HttpClient http,
            URI uri,
            AtomicBoolean stop,
            AtomicInteger answered,
            ConcurrentLinkedQueue<String> failures) {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        while (!stop.get()) {
            try {
                var response = http.send(request, BodyHandlers.ofString());
                if (response.statusCode() != 200) {
                    failures.add("status " + response.statusCode());
                }
                answered.incrementAndGet();
            } catch (IOException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Test
    void backsOffFromACrashingContainerOnAManualClock() throws Exception {
        var clock = new ManualClock();
        var driver = new InMemoryDriver()
                .image("crash", ContainerScript.runFor(Duration.ofSeconds(1)).exitCode(3));
        try (Orchestrator cluster = Orchestrator.builder(driver).time(clock).start()) {
            cluster.apply(pod("crash").container("app", c -> c.image("crash:1")));

            clock.advance(Duration.ofMinutes(20));

            ContainerStatus status = cluster.pods()
                    .named("crash")
                    .get()
                    .status()
                    .containerStatuses()
                    .getFirst();
            // At once, after 10, 20, 40, 80 and 160 seconds, then every 300, each after a run of one second.
            assertThat(status.restartCount()).isEqualTo(8);
            assertThat(requireNonNull(status.state().waiting()).reason()).isEqualTo("CrashLoopBackOff");
        }
    }

    @Test
    void orchestratorsInOneJvmDoNotSeeEachOther() throws Exception {
        try (Orchestrator one = Orchestrator.start(web());
                Orchestrator other = Orchestrator.start(web())) {
            one.apply(pod("web").container("web", c -> c.image("web:1")));

            one.pods().named("web").awaitReady(PATIENCE);

            assertThat(other.pods().list()).isEmpty();
        }
    }

    @Test
    void createsAPodRightAfterItsNamespace() throws Exception {
        try (Orchestrator cluster = Orchestrator.start(web())) {
            for (int i = 0; i < 50; i++) {
                cluster.create(namespace("n" + i));
                cluster.inNamespace("n" + i).create(pod("web").container("web", c -> c.image("web:1")));
            }

            assertThat(cluster.pods().inAllNamespaces().count()).isEqualTo(50);
        }
    }

    @Test
    void emptiesANamespaceThatIsDeleted() throws Exception {
        try (Orchestrator cluster = Orchestrator.start(web())) {
            cluster.create(namespace("shop"));
            var shop = cluster.inNamespace("shop");
            shop.apply(
                    deployment("web").replicas(2).container("web", c -> c.image("web:1")),
                    service("web").selector("app", "web").port(80, 8080));
            shop.deployments().named("web").awaitAvailable(PATIENCE);

            cluster.namespaces().named("shop").delete();
            cluster.namespaces().named("shop").awaitDeleted(PATIENCE);

            assertThat(shop.pods().list()).isEmpty();
            assertThat(shop.services().list()).isEmpty();
        }
    }

    @Test
    void asksTheUsersPluginsBeforeAnythingIsStored() throws Exception {
        var plugins = AdmissionPlugins.NONE.validating("no-latest", review -> {
            boolean isLatest = review.object(ResourceTypes.POD).stream()
                    .flatMap(pod -> pod.spec().containers().stream())
                    .anyMatch(container -> String.valueOf(container.image()).endsWith(":latest"));
            if (isLatest) {
                throw review.denied("images need a version");
            }
        });
        try (Orchestrator cluster =
                Orchestrator.builder(web()).admission(plugins).start()) {
            assertThatThrownBy(() -> cluster.create(pod("web").container("web", c -> c.image("web:latest"))))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("images need a version");

            assertThat(cluster.pods().list()).isEmpty();
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Orchestrator cluster = Orchestrator.start(web())) {
            cluster.apply(
                    deployment("web")
                            .replicas(2)
                            .container(
                                    "web",
                                    c -> c.image("web:1")
                                            .port(8080)
                                            .readinessProbe(httpGet("/").port(8080))),
                    service("web").selector("app", "web").port(80, 8080));
            cluster.deployments().named("web").awaitAvailable(PATIENCE);
        }

        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .map(Thread::getName)
                        // The JDK's own carriers and helpers of virtual threads live on.
                        .filter(name -> !name.startsWith("ForkJoinPool") && !name.startsWith("VirtualThread"))
                        .filter(name -> !name.contains("Unblocker") && !name.contains("Poller"))
                        .collect(Collectors.toSet()))
                .isEmpty();
    }
}
