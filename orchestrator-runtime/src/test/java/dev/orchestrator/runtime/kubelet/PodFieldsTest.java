package dev.orchestrator.runtime.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EmptyDirVolumeSourceBuilder;
import dev.orchestrator.api.model.core.EnvVarBuilder;
import dev.orchestrator.api.model.core.EnvVarSourceBuilder;
import dev.orchestrator.api.model.core.FileKeySelector;
import dev.orchestrator.api.model.core.FileKeySelectorBuilder;
import dev.orchestrator.api.model.core.HostAlias;
import dev.orchestrator.api.model.core.LifecycleBuilder;
import dev.orchestrator.api.model.core.LocalObjectReference;
import dev.orchestrator.api.model.core.VolumeBuilder;
import dev.orchestrator.api.model.core.VolumeMountBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** What fields of a pod come to. */
class PodFieldsTest {

    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        node = TestNode.started();
    }

    @AfterEach
    void close() {
        assertThat(node.driver.violations()).isEmpty();
        node.close();
    }

    @Test
    void aPodOnTheHostsNetworkHasItsNodesName() throws InterruptedException {
        node.create("web", spec -> spec.hostNetwork(true).containers(List.of(container("app"))));

        assertThat(node.driver.sandboxSpec("web").hostname()).isEqualTo("node-1");
    }

    @Test
    void aPodMayBeCalledByItsFullName() throws InterruptedException {
        node.create(
                "web",
                spec -> spec.hostname("front")
                        .subdomain("shop")
                        .setHostnameAsFQDN(true)
                        .hostAliases(List.of(new HostAlias(List.of("db"), "10.0.0.9")))
                        .containers(List.of(container("app"))));

        assertThat(node.driver.sandboxSpec("web").hostname()).isEqualTo("front.shop.default.svc.cluster.local");
        assertThat(node.driver.sandboxSpec("web").pod().hostAliases())
                .containsExactly(new HostAlias(List.of("db"), "10.0.0.9"));
    }

    @Test
    void aFullNameThatNoKernelTakesIsRefused() throws InterruptedException {
        String hostname = "a".repeat(40);
        node.create(
                "web",
                spec -> spec.hostname(hostname)
                        .subdomain("shop")
                        .setHostnameAsFQDN(true)
                        .containers(List.of(container("app"))));

        assertThat(node.phase("web")).isEqualTo("Pending");
        assertThat(node.events)
                .contains("FailedCreatePodSandBox: Failed to create pod sandbox: failed to construct FQDN from pod "
                        + "hostname and cluster domain, FQDN " + hostname + ".shop.default.svc.cluster.local is too "
                        + "long (64 characters is the max, 71 characters requested)");
    }

    @Test
    void theStopSignalIsReported() throws InterruptedException {
        node.create(
                "web",
                spec -> spec.containers(List.of(container(
                        "app",
                        more -> more.lifecycle(
                                LifecycleBuilder.builder().stopSignal("SIGUSR1").build())))));

        assertThat(node.container("web", "app").stopSignal()).isEqualTo("SIGUSR1");
        assertThat(node.driver.spec("web", "app").stopSignal()).isEqualTo("SIGUSR1");
    }

    private static Container withUrl(FileKeySelector file) {
        return container(
                "app",
                more -> more.env(List.of(EnvVarBuilder.builder()
                        .name("URL")
                        .valueFrom(
                                EnvVarSourceBuilder.builder().fileKeyRef(file).build())
                        .build())));
    }

    @Test
    void aVariableFromAFileOfNoVolumeIsAConfigurationError() throws InterruptedException {
        var file = FileKeySelectorBuilder.builder()
                .volumeName("config")
                .path("app.env")
                .key("URL")
                .build();
        node.create("web", spec -> spec.containers(List.of(withUrl(file))));

        assertThat(node.state("web", "app")).isEqualTo("CreateContainerConfigError");
        assertThat(node.message("web", "app")).isEqualTo("cannot find the volume \"config\" referenced by FileKeyRef");
    }

    @Test
    void aVariableComesFromAFileThatAnInitContainerHasWritten() throws InterruptedException, IOException {
        node.driver.image("setup:1").thenRuns(Duration.ofSeconds(1), 0);
        var file = FileKeySelectorBuilder.builder()
                .volumeName("config")
                .path("app.env")
                .key("URL")
                .build();
        node.create(
                "web",
                spec -> spec.volumes(List.of(VolumeBuilder.builder()
                                .name("config")
                                .emptyDir(EmptyDirVolumeSourceBuilder.builder().build())
                                .build()))
                        .initContainers(List.of(container(
                                "setup",
                                more -> more.volumeMounts(List.of(VolumeMountBuilder.builder()
                                        .name("config")
                                        .mountPath("/config")
                                        .build())))))
                        .containers(List.of(withUrl(file))));
        Path volume = node.driver.spec("web", "setup").mounts().getFirst().hostPath();
        Files.writeString(volume.resolve("app.env"), "URL='http://db'\n");

        node.advance(Duration.ofSeconds(1));

        assertThat(node.driver.spec("web", "app").env()).containsEntry("URL", "http://db");
    }

    @Test
    void aPullSecretThatIsNotThereIsReported() throws InterruptedException {
        node.create(
                "web",
                spec -> spec.imagePullSecrets(List.of(new LocalObjectReference("regcred")))
                        .containers(List.of(container("app"))));

        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.events)
                .contains("FailedToRetrieveImagePullSecret: Unable to retrieve some image pull secrets (regcred); "
                        + "attempting to pull the image may not succeed.");
    }

    @Test
    void aPodCreatedAnewRunsWhileTheOneDeletedByForceStillEnds() throws InterruptedException {
        node.driver.image("app:1").ignoringStop();
        node.create("web", spec -> spec.containers(List.of(container("app"))));
        String first = node.pod("web").metadata().uidOrEmpty();
        node.delete("web", 0L);
        boolean isStillThere = node.driver.sandboxCount() == 1;

        node.create("web", spec -> spec.containers(List.of(container("app"))));

        assertThat(isStillThere).isTrue();
        assertThat(node.pod("web").metadata().uid()).isNotEqualTo(first);
        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.driver.sandboxCount()).isEqualTo(2);

        node.advance(Duration.ofSeconds(2));
        assertThat(node.driver.sandboxCount()).isEqualTo(1);
        assertThat(node.driver.sandboxSpec("web").podUid())
                .isEqualTo(node.pod("web").metadata().uid());
        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.container("web", "app").restartCount()).isZero();
    }
}
