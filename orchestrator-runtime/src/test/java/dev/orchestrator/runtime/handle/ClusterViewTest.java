package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.WatchEvent;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReferenceBuilder;
import dev.orchestrator.runtime.store.WriteRequest;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.configMap;
import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.node;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClusterViewTest {

    private final Handles handles = new Handles();
    private final ClusterView cluster = handles.cluster;

    @Test
    void listsByLabelAndName() {
        cluster.create(
                pod("b").label("app", "web").container("c", "x"),
                pod("a").label("app", "web").container("c", "x"),
                pod("c").label("app", "db").container("c", "x"));

        assertThat(cluster.pods().labelled("app", "web").list())
                .extracting(pod -> pod.key().name())
                .containsExactly("a", "b");
        assertThat(cluster.pods().matching("app in (db)").first().name()).isEqualTo("c");
        assertThat(cluster.pods().count()).isEqualTo(3);
        assertThatThrownBy(() -> cluster.pods().labelled("app", "none").first())
                .isInstanceOf(ApiException.class)
                .hasMessage("no pods found in namespace default labelled app=none");
    }

    @Test
    void changesObjectsThroughTheirHandles() {
        cluster.create(configMap("a").label("x", "1"));
        var map = cluster.configMaps().named("a");

        map.label("y", "2").unlabel("x").annotate("note", "n").unannotate("none");

        assertThat(map.get().metadata().labels()).isEqualTo(Map.of("y", "2"));
        assertThat(map.get().metadata().annotations()).isEqualTo(Map.of("note", "n"));
        assertThat(map.delete().exists()).isFalse();
        assertThatThrownBy(map::get).hasMessage("configmaps \"a\" not found");
    }

    @Test
    void changesThePodsOfADeployment() {
        cluster.create(
                deployment("d").container("c", c -> c.image("x:1").env("A", "1").env("B", "1")));
        var deployment = cluster.deployments().named("d");

        deployment
                .scale(5)
                .setImage("c", "x:2")
                .setEnv(Map.of("A", "2", "C", "3"))
                .setResources("c", Map.of("cpu", "250m"), Map.of());

        Container container =
                deployment.get().spec().template().spec().containers().getFirst();
        assertThat(deployment.get().spec().replicas()).isEqualTo(5);
        assertThat(container.image()).isEqualTo("x:2");
        assertThat(container.env()).extracting(EnvVar::name).containsExactly("A", "B", "C");
        assertThat(container.resources().requests()).isEqualTo(Map.of("cpu", Quantity.parse("250m")));
        assertThatThrownBy(() -> deployment.setImage("none", "x"))
                .hasMessage("unable to find container named \"none\"");
    }

    private void revision(Deployment owner, String name, int number, String image) {
        PodTemplateSpec template = deployment("d")
                .podLabel("pod-template-hash", name)
                .podLabel("app", "d")
                .container("c", image)
                .build()
                .spec()
                .template();
        handles.store.create(
                ReplicaSetBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(name)
                                .namespace("default")
                                .annotations(Map.of("deployment.kubernetes.io/revision", Integer.toString(number)))
                                .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                                        .uid(owner.metadata().uidOrEmpty())
                                        .kind("Deployment")
                                        .name("d")
                                        .controller(true)
                                        .build()))
                                .build())
                        .spec(ReplicaSetSpecBuilder.builder().template(template).build())
                        .build(),
                WriteRequest.by("test"));
    }

    @Test
    void goesBackToRevisions() {
        cluster.create(deployment("d").container("c", "x:3"));
        var deployment = cluster.deployments().named("d");
        revision(deployment.get(), "d-1", 1, "x:1");
        revision(deployment.get(), "d-2", 2, "x:2");
        revision(deployment.get(), "d-3", 3, "x:3");

        assertThat(deployment.rolloutHistory())
                .extracting(each -> each.number())
                .containsExactly(1L, 2L, 3L);
        deployment.undoRollout();
        assertThat(image(deployment.get())).isEqualTo("x:2");
        deployment.undoRollout(1);
        assertThat(image(deployment.get())).isEqualTo("x:1");
        assertThat(deployment.get().spec().template().metadata().labels()).isEqualTo(Map.of("app", "d"));
        assertThatThrownBy(() -> deployment.undoRollout(9))
                .hasMessage("unable to find specified revision 9 in history");
        String unchanged = deployment.get().metadata().resourceVersion();
        assertThat(deployment.undoRollout(1).get().metadata().resourceVersion()).isEqualTo(unchanged);
        deployment.pauseRollout();
        assertThatThrownBy(() -> deployment.undoRollout(2))
                .hasMessage("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume'"
                        + " and try again");
    }

    @Test
    void goesBackWithTheAnnotationsOfTheRevision() {
        cluster.create(deployment("d")
                .container("c", "x:2")
                .annotation("kubernetes.io/change-cause", "two")
                .annotation("deployment.kubernetes.io/revision", "2"));
        var deployment = cluster.deployments().named("d");
        assertThatThrownBy(deployment::undoRollout).hasMessage("no rollout history found for deployment \"d\"");
        revision(deployment.get(), "d-1", 1, "x:1");
        revision(deployment.get(), "d-2", 2, "x:2");
        cluster.replicaSets().named("d-1").annotate("kubernetes.io/change-cause", "one");

        deployment.undoRollout();

        assertThat(deployment.get().metadata().annotations())
                .isEqualTo(Map.of("kubernetes.io/change-cause", "one", "deployment.kubernetes.io/revision", "2"));
    }

    private static String image(Deployment deployment) {
        return Objects.requireNonNull(
                deployment.spec().template().spec().containers().getFirst().image());
    }

    @Test
    void pausesResumesAndRestarts() {
        cluster.create(deployment("d").container("c", "x"));
        var deployment = cluster.deployments().named("d");

        deployment.pauseRollout();
        assertThat(deployment.get().spec().paused()).isTrue();
        assertThatThrownBy(deployment::pauseRollout).hasMessage("deployments.apps \"d\" is already paused");
        assertThatThrownBy(deployment::restartRollout).hasMessageContaining("can't restart paused deployment");
        deployment.resumeRollout().restartRollout();
        assertThat(deployment.get().spec().template().metadata().annotations())
                .containsKey("kubectl.kubernetes.io/restartedAt");
    }

    @Test
    void cordonsAndTaintsNodes() {
        cluster.create(node("n"));
        var node = cluster.nodes().named("n");

        node.cordon().taint("gpu", "yes", "NoSchedule").taint("gpu", "no", "NoSchedule");
        assertThat(node.get().spec().unschedulable()).isTrue();
        assertThat(node.get().spec().taints()).extracting(Taint::value).containsExactly("no");
        node.uncordon().untaint("gpu");
        assertThat(node.get().spec().unschedulable()).isFalse();
        assertThat(node.get().spec().taints()).isEmpty();
    }

    @Test
    void givesServicesAddresses() {
        cluster.create(service("s").port("web", 80, 80).port("admin", 443, 443));
        var service = cluster.services().named("s");

        assertThat(service.uri()).hasToString("http://127.0.0.1:40080");
        assertThat(service.uri(443)).hasToString("https://127.0.0.1:40443");
        assertThat(service.address("admin").getPort()).isEqualTo(40443);
        assertThatThrownBy(() -> service.address(81)).hasMessage("service default/s does not have port 81");
    }

    @Test
    void exposesADeployment() {
        cluster.create(deployment("d").container("c", "x"));

        var service = cluster.deployments().named("d").expose(80).get();

        assertThat(service.spec().selector()).isEqualTo(Map.of("app", "d"));
        assertThat(service.spec().ports().getFirst().port()).isEqualTo(80);
    }

    @Test
    void readsLogsAndRunsCommands() throws InterruptedException {
        cluster.create(pod("p").container("c", "x").container("d", "x"));
        handles.containers.write("c", "one", "two");
        var pod = cluster.pods().named("p");

        assertThat(pod.logs().lines()).containsExactly("one", "two");
        assertThat(pod.logs().tail(1).timestamps().text()).isEqualTo("2026-01-02T03:04:05Z two\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pod.logs().tail(-5))
                .withMessage("lines are counted from 0: -5");
        assertThatThrownBy(() -> pod.logs("d").lines()).hasMessage("container \"d\" has no log");
        assertThat(pod.exec("ls", "-l").stdout()).isEqualTo("c: ls -l");
    }

    @Test
    void watchesFromWhatIsThere() throws InterruptedException {
        cluster.create(configMap("a"));

        try (var reader = cluster.configMaps().watch()) {
            cluster.configMaps().named("a").label("x", "1").delete();

            for (WatchEvent.Kind kind : WatchEvent.Kind.values()) {
                var event = Objects.requireNonNull(reader.next(Duration.ofSeconds(20)));
                assertThat(event.kind()).isEqualTo(kind);
            }
            assertThat(reader.next(Duration.ZERO)).isNull();
        }
    }

    @Test
    void tellsACallbackThatItHasMissedChanges() throws InterruptedException {
        var release = new CountDownLatch(1);
        var lost = new ArrayBlockingQueue<ApiException>(1);
        cluster.create(configMap("a"));

        try (var watch = cluster.configMaps().watch(event -> awaitQuietly(release), lost::add)) {
            assertThat(watch).isNotNull();
            for (int i = 0; i < 200; i++) {
                cluster.configMaps().named("a").label("x", "v" + i);
            }
            release.countDown();

            assertThat(Objects.requireNonNull(lost.poll(20, TimeUnit.SECONDS)).reason())
                    .isEqualTo(ApiException.Reason.EXPIRED);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void deletesWhatItIsGiven() {
        cluster.create(configMap("a"), configMap("b").label("x", "1"));

        cluster.delete(configMap("a"), configMap("never"));
        assertThat(cluster.configMaps().list()).hasSize(1);
        cluster.configMaps().labelled("x", "1").delete();
        assertThat(cluster.configMaps().list()).isEmpty();
    }

    @Test
    void describesForPeople() {
        cluster.create(
                pod("p").label("app", "web")
                        .container("c", c -> c.image("nginx").port(80)),
                deployment("d").container("c", "x"),
                service("s").selector("app", "web").port(80),
                node("n"),
                configMap("m").data("k", "v"));

        assertThat(cluster.pods().named("p").describe())
                .startsWith("Name:         p\nNamespace:    default\n")
                .contains(
                        "Labels:       app=web\n", "Containers:\n  c:\n", "Image:        nginx\n", "Port:         80/")
                .endsWith("Events:           <none>\n");
        assertThat(cluster.deployments().named("d").describe())
                .contains("Replicas:           1 desired | 0 updated | 0 total | 0 available | 0 unavailable\n");
        assertThat(cluster.services().named("s").describe()).contains("Endpoints:         <none>");
        assertThat(cluster.nodes().named("n").describe()).contains("Unschedulable:      false");
        assertThat(cluster.configMaps().named("m").describe()).contains("Data\n====\nk:\n----\nv\n");
        assertThat(handles.store.find(ResourceTypes.POD, new ObjectKey("default", "p")))
                .isPresent();
    }
}
