package dev.orchestrator.runtime;

import java.nio.file.Path;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Kinds of one's own and their objects in a state directory. */
@Timeout(120)
class PersistentCustomKindsIT {

    private static final ResourceType<CustomObject> WIDGET = CustomObject.type("example.com/v1", "Widget");
    private static final String WIDGETS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              scope: Cluster
              names: {plural: widgets, kind: Widget}
              versions:
              - name: v1
                served: true
                storage: %s
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
              - name: v2
                served: true
                storage: %s
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    @TempDir
    private Path folder;

    private Orchestrator start() throws InterruptedException {
        return Orchestrator.builder(new InMemoryDriver())
                .name("shop")
                .stateDirectory(folder)
                .start();
    }

    private static String widgets(boolean v2) {
        return WIDGETS.replaceFirst("%s", Boolean.toString(!v2)).replaceFirst("%s", Boolean.toString(v2));
    }

    @Test
    void outliveItInWhicheverVersionTheyWereKept() throws InterruptedException {
        CustomObject before;
        try (Orchestrator cluster = start()) {
            cluster.apply(Manifests.load(widgets(false)));
            cluster.apply(CustomObject.of("example.com/v1", "Widget", "a").with(1, "size"));
            cluster.apply(Manifests.load(widgets(true)));
            before = cluster.resources(WIDGET)
                    .named("a")
                    .edit(widget -> widget.with(2, "size"))
                    .get();
        }

        try (Orchestrator cluster = start()) {
            var widgets = cluster.resources(WIDGET);

            assertThat(widgets.list()).containsExactly(before);
            assertThat(widgets.named("a").get().metadata().generation()).isEqualTo(2);
            assertThat(cluster.resources(CustomObject.type("example.com/v2", "Widget"))
                            .list())
                    .hasSize(1);
        }
    }
}
