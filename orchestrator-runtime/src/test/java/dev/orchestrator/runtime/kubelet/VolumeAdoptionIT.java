package dev.orchestrator.runtime.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.ConfigMapVolumeSourceBuilder;
import dev.orchestrator.api.model.core.EmptyDirVolumeSourceBuilder;
import dev.orchestrator.api.model.core.VolumeBuilder;
import dev.orchestrator.api.model.core.VolumeMountBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.kubelet.volume.LastingVolumes;
import dev.orchestrator.runtime.store.WriteRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** What a kubelet does with volumes on the disk that another one has made, for containers that still use them. */
class VolumeAdoptionIT {

    @TempDir
    private Path folder;

    private TestNode node;
    private Path volumes;

    @BeforeEach
    void start() throws InterruptedException {
        var lasting = new LastingVolumes(folder.resolve("volumes"), "orchestrator-volumes-of-" + UUID.randomUUID());
        node = new TestNode(KubeletOptions.standard().withVolumes(lasting)).start();
        node.add(settings("one"));
        node.create(
                "web",
                spec -> spec.volumes(List.of(
                                VolumeBuilder.builder()
                                        .name("settings")
                                        .configMap(ConfigMapVolumeSourceBuilder.builder()
                                                .name("settings")
                                                .build())
                                        .build(),
                                VolumeBuilder.builder()
                                        .name("data")
                                        .emptyDir(EmptyDirVolumeSourceBuilder.builder()
                                                .build())
                                        .build()))
                        .containers(List.of(container(
                                "app",
                                c -> c.volumeMounts(List.of(
                                        VolumeMountBuilder.builder()
                                                .name("settings")
                                                .mountPath("/settings")
                                                .build(),
                                        VolumeMountBuilder.builder()
                                                .name("data")
                                                .mountPath("/data")
                                                .build()))))));
        volumes = lasting.disk().resolve(node.pod("web").metadata().uidOrEmpty());
    }

    @AfterEach
    void close() {
        assertThat(node.driver.violations()).isEmpty();
        node.close();
    }

    private static ConfigMap settings(String value) {
        return ConfigMapBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(TestNode.NAMESPACE)
                        .name("settings")
                        .build())
                .data(Map.of("colour", value))
                .build();
    }

    private void set(String value) throws InterruptedException {
        node.store.edit(
                ResourceTypes.CONFIG_MAP,
                new ObjectKey(TestNode.NAMESPACE, "settings"),
                WriteRequest.by("test"),
                old -> ConfigMapBuilder.builder(old)
                        .data(Map.of("colour", value))
                        .build());
        node.clock.settle();
    }

    private String shown() throws IOException {
        return Files.readString(volumes.resolve("settings/colour"));
    }

    @Test
    void containersThatRunOnFindWhatTheyMadeAndWhatHasChanged() throws Exception {
        assertThat(shown()).isEqualTo("one");
        Files.writeString(volumes.resolve("data/made"), "by a container");

        node.stopKubelet();
        set("two");
        node.startAnotherKubelet();

        assertThat(shown()).as("changed while nobody looked").isEqualTo("two");
        assertThat(volumes.resolve("data/made")).hasContent("by a container");
        set("three");
        assertThat(shown()).as("changed since").isEqualTo("three");
        assertThat(node.container("web", "app").restartCount()).isZero();
    }

    @Test
    void volumesOfPodsThatAreGoneAreRemoved() throws Exception {
        assertThat(volumes).isDirectory();

        node.stopKubelet();
        node.delete("web", 0L);
        node.startAnotherKubelet();

        assertThat(volumes).doesNotExist();
    }
}
