package dev.orchestrator.api.draft;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.spi.ContainerDriver;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.configMap;
import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.ingress;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.secret;
import static dev.orchestrator.api.draft.Drafts.service;
import static dev.orchestrator.api.draft.Drafts.tcpSocket;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

class DraftsTest {

    /** The program of the README: it must compile as it is printed there. */
    static void readme(ContainerDriver driver, Consumer<String> out) throws InterruptedException {
        try (Orchestrator cluster = Orchestrator.start(driver)) {
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

            cluster.deployments().named("web").awaitAvailable(ofSeconds(30));
            URI url = cluster.services().named("web").uri();
            out.accept(url.toString());

            var web = cluster.deployments().named("web");
            web.scale(5);
            web.setImage("nginx", "nginx:1.30").awaitRollout(ofSeconds(30));
            web.undoRollout();

            cluster.pods().labelled("app", "web").first().logs().lines().forEach(out);
            cluster.apply(Manifests.load(Path.of("guestbook.yaml")));
        }
    }

    @Test
    void labelsAndSelectsByName() {
        var web = deployment("web").container("nginx", "nginx:1.29").build();

        assertThat(web.metadata().labels()).isEqualTo(Map.of("app", "web"));
        assertThat(web.spec().template().metadata().labels()).isEqualTo(Map.of("app", "web"));
        assertThat(Objects.requireNonNull(web.spec().selector()).matchLabels()).isEqualTo(Map.of("app", "web"));
    }

    @Test
    void selectsTheLabelsThatThePodsWereGiven() {
        var web = deployment("web")
                .label("tier", "front")
                .podLabel("app", "shop")
                .container("nginx", "nginx:1.29")
                .build();

        assertThat(web.metadata().labels()).isEqualTo(Map.of("tier", "front"));
        assertThat(Objects.requireNonNull(web.spec().selector()).matchLabels()).isEqualTo(Map.of("app", "shop"));
    }

    @Test
    void roundsPeriodsUpAndAnnotatesTheExactOnes() {
        var template = deployment("web")
                .container(
                        "nginx",
                        c -> c.image("nginx")
                                .port(80)
                                .readinessProbe(httpGet("/").every(ofMillis(500)))
                                .livenessProbe(tcpSocket().every(ofSeconds(2))))
                .build()
                .spec()
                .template();

        var nginx = template.spec().containers().getFirst();
        assertThat(template.metadata().annotations())
                .isEqualTo(Map.of("probe.orchestrator.dev/nginx.readiness.period", "PT0.5S"));
        assertThat(Objects.requireNonNull(nginx.readinessProbe()).periodSeconds())
                .isEqualTo(1);
        assertThat(Objects.requireNonNull(nginx.livenessProbe()).periodSeconds())
                .isEqualTo(2);
    }

    @Test
    void asksTheFirstPortUnlessToldOtherwise() {
        var container = pod("a").container(
                        "c", c -> c.image("x").readinessProbe(httpGet("/")).port("http", 8080))
                .build()
                .spec()
                .containers()
                .getFirst();

        var get = Objects.requireNonNull(
                Objects.requireNonNull(container.readinessProbe()).httpGet());
        assertThat(get.port()).isEqualTo(IntOrString.of(8080));
    }

    @Test
    void givesAPodTheMetadataOfItsTemplate() {
        var pod = pod("a").namespace("shop")
                .label("x", "1")
                .podLabel("y", "2")
                .container("c", "image")
                .sidecar("proxy", c -> c.image("envoy"))
                .build();

        assertThat(pod.key()).hasToString("shop/a");
        assertThat(pod.metadata().labels()).isEqualTo(Map.of("x", "1", "y", "2"));
        assertThat(pod.spec().initContainers().getFirst().restartPolicy()).isEqualTo("Always");
    }

    @Test
    void setsAnyFieldThroughTheRecord() {
        var web = deployment("web")
                .container("c", c -> c.image("x").change(builder -> builder.tty(true)))
                .podSpec(spec -> spec.hostname("h"))
                .spec(spec -> spec.paused(true))
                .build();
        var front = ingress("front").label("a", "b").build();

        assertThat(web.spec().paused()).isTrue();
        assertThat(web.spec().template().spec().hostname()).isEqualTo("h");
        assertThat(web.spec().template().spec().containers().getFirst().tty()).isTrue();
        assertThat(front.metadata().labels()).containsEntry("a", "b");
    }

    @Test
    void holdsDataOfConfigMapsAndSecrets() {
        assertThat(configMap("c").data("a", "1").data("b", "2").build().data()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(secret("s").data("a", "1").build().data()).containsOnlyKeys("a");
    }
}
