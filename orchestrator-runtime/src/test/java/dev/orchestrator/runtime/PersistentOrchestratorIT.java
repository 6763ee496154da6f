package dev.orchestrator.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.FieldManager;
import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.OrchestratorBuilder;
import dev.orchestrator.api.StateException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.meta.ManagedFieldsEntry;
import dev.orchestrator.memory.HttpReply;
import dev.orchestrator.memory.InMemoryDriver;
import dev.orchestrator.runtime.serving.ServedCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.orchestrator.api.draft.Drafts.configMap;
import static dev.orchestrator.api.draft.Drafts.cronJob;
import static dev.orchestrator.api.draft.Drafts.daemonSet;
import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.job;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.service;
import static dev.orchestrator.api.draft.Drafts.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An orchestrator with a state directory, ended and started again; its driver keeps no container beyond its end. */
@Timeout(120)
class PersistentOrchestratorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private OrchestratorBuilder orchestrator() {
        var driver = new InMemoryDriver().image("web", container -> {
            container.serveHttp(8080, call -> HttpReply.ok(container.image()));
            return container.awaitStop();
        });
        driver.image("once", container -> 0);
        return Orchestrator.builder(driver).name("shop").stateDirectory(folder);
    }

    private static void deploy(Orchestrator cluster) {
        cluster.apply(
                deployment("web")
                        .replicas(2)
                        .container(
                                "web",
                                c -> c.image("web:1")
                                        .port(8080)
                                        .readinessProbe(httpGet("/").port(8080).every(Duration.ofMillis(50)))),
                service("web").selector("app", "web").port(80, 8080));
    }

    @Test
    void objectsOutliveItAndPodsRunAgain() throws Exception {
        Map<String, Resource> before;
        try (Orchestrator cluster = orchestrator().start()) {
            deploy(cluster);
            cluster.deployments().named("web").awaitAvailable(PATIENCE);
            before = all(cluster);
        }

        try (Orchestrator cluster = orchestrator().start()) {
            var web = cluster.deployments().named("web").awaitAvailable(PATIENCE);
            assertThat(web.get().metadata().uid())
                    .isEqualTo(get(before, "Deployment default/web").metadata().uid());
            assertThat(web.pods()).hasSize(2).allSatisfy(pod -> {
                Resource old = get(before, "Pod " + pod.key());
                assertThat(pod.metadata().uid()).isEqualTo(old.metadata().uid());
                assertThat(version(pod)).isGreaterThanOrEqualTo(version(old));
            });
            for (Pod pod : web.pods()) {
                awaitRestarted(cluster, pod);
            }
            assertThat(cluster.services().named("web").get().spec())
                    .isEqualTo(((Service) get(before, "Service default/web")).spec());
            web.scale(3).awaitAvailable(PATIENCE);
        }
    }

    @Test
    void quotasHoldFromTheFirstWriteAfterARestart() throws Exception {
        try (Orchestrator cluster = orchestrator().start()) {
            cluster.apply(Manifests.load("""
                    apiVersion: v1
                    kind: ResourceQuota
                    metadata: {name: few}
                    spec: {hard: {pods: 1}}
                    """));
            cluster.apply(pod("a").container("web", c -> c.image("web:1")));
        }

        try (Orchestrator cluster = orchestrator().start()) {
            assertThatThrownBy(() -> cluster.apply(pod("b").container("web", c -> c.image("web:1"))))
                    .isInstanceOf(ApiException.class)
                    .hasMessage("pods \"b\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=1,"
                            + " limited: pods=1");
        }
    }

    private static Resource get(Map<String, Resource> objects, String name) {
        return Optional.ofNullable(objects.get(name)).orElseThrow(() -> new AssertionError(name + " was not there"));
    }

    private static long version(Resource object) {
        return Long.parseLong(
                Optional.ofNullable(object.metadata().resourceVersion()).orElse("0"));
    }

    private static void awaitRestarted(Orchestrator cluster, Pod pod) throws InterruptedException {
        try (var reader = cluster.pods().watch()) {
            var event = reader.next(PATIENCE);
            while (event != null && !(event.object().key().equals(pod.key()) && hasRestarted(event.object()))) {
                event = reader.next(PATIENCE);
            }
            assertThat(event).as("pod %s runs again", pod.key()).isNotNull();
        }
    }

    private static boolean hasRestarted(Pod pod) {
        int restarts = pod.status().containerStatuses().stream()
                .mapToInt(status -> status.restartCount())
                .sum();
        return pod.isReady() && restarts == 1;
    }

    @Test
    void everyKindOfObjectReadsAsItWasWritten() throws Exception {
        try (Orchestrator cluster = orchestrator().start()) {
            deploy(cluster);
            var maps = cluster.configMaps();
            maps.apply(configMap("applied").data("a", "1"), FieldManager.named("ci"));
            maps.apply(configMap("applied").data("b", "1"), FieldManager.named("ops"));
            cluster.apply(
                    statefulSet("db").replicas(1).serviceName("db").container("web", c -> c.image("web:1")),
                    daemonSet("agent").container("web", c -> c.image("web:1")),
                    job("once").restartPolicy("Never").container("web", c -> c.image("once:1")),
                    cronJob("yearly")
                            .schedule("0 0 1 1 *")
                            .restartPolicy("Never")
                            .container("web", c -> c.image("once:1")));
            cluster.jobs().named("once").awaitComplete(PATIENCE);
            cluster.create(pod("volumes")
                    .emptyDir("data")
                    .container("web", c -> c.image("web:1").mount("data", "/data")));
            cluster.deployments().named("web").awaitAvailable(PATIENCE);
            cluster.pods().named("volumes").awaitReady(PATIENCE);

            var json = new StoredJson();
            all(cluster)
                    .forEach((name, object) ->
                            assertThat(json.read(json.write(object))).as(name).isEqualTo(object));
        }
    }

    @Test
    void ownersOfFieldsAreAsTheyWere() throws Exception {
        FieldManager ci = FieldManager.named("ci");
        FieldManager ops = FieldManager.named("ops");
        List<ManagedFieldsEntry> created;
        List<ManagedFieldsEntry> applied;
        List<ManagedFieldsEntry> shown;
        try (Orchestrator cluster = orchestrator().start()) {
            var maps = cluster.configMaps();
            cluster.create(configMap("created").data("a", "1"));
            maps.apply(configMap("applied").data("a", "1").data("b", "1"), ci);
            maps.apply(configMap("applied").data("c", "1"), ops);
            created = maps.named("created").get().metadata().managedFields();
            applied = maps.named("applied").get().metadata().managedFields();
            shown = maps.named("created").managedFields();
        }

        try (Orchestrator cluster = orchestrator().start()) {
            var maps = cluster.configMaps();
            assertThat(created).as("one mark").hasSize(1);
            assertThat(maps.named("created").get().metadata().managedFields()).isEqualTo(created);
            assertThat(maps.named("created").managedFields()).isEqualTo(shown);
            assertThat(maps.named("applied").get().metadata().managedFields()).isEqualTo(applied);
            assertThatThrownBy(() -> maps.apply(configMap("applied").data("c", "2"), ci))
                    .hasMessage("Apply failed with 1 conflict: conflict with \"ops\": .data.c");
            assertThatThrownBy(() -> maps.apply(configMap("created").data("a", "2"), ci))
                    .hasMessageStartingWith("Apply failed with 1 conflict: conflict with ")
                    .hasMessageContaining(": .data.a");
            assertThat(maps.apply(configMap("applied").data("b", "2"), ci).data())
                    .as("what a manager applies no longer is gone")
                    .isEqualTo(Map.of("b", "2", "c", "1"));
        }
    }

    @Test
    void whoComesSecondIsToldWhoHasTheState() throws Exception {
        try (Orchestrator first = orchestrator().start()) {
            assertThatThrownBy(() -> orchestrator().start())
                    .isInstanceOfSatisfying(
                            StateException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(StateException.Reason.IN_USE))
                    .hasMessage("state directory " + folder.toRealPath()
                            + " is in use by another orchestrator of this JVM");
            first.create(pod("one").container("web", c -> c.image("web:1")));
            first.pods().named("one").awaitReady(PATIENCE);
        }
        orchestrator().start().close();
    }

    @Test
    void aStartThatFailsLetsGoOfTheState() throws Exception {
        orchestrator().start().close();
        Path file = folder.resolve("state-1");
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(file, damaged);
        assertThatThrownBy(() -> orchestrator().start())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is damaged at byte");

        Files.write(file, whole);
        orchestrator().start().close();
    }

    private static Map<String, Resource> all(Orchestrator cluster) {
        var all = new HashMap<String, Resource>();
        for (ResourceType<?> type : ResourceTypes.stored()) {
            for (Resource object : ((ServedCluster) cluster).store().list(type)) {
                ObjectKey key = object.key();
                all.put(type.kind() + " " + key, object);
            }
        }
        return all;
    }
}
