package dev.orchestrator.server;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import io.kubernetes.client.util.generic.dynamic.Dynamics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Custom kinds by the Java clients of Kubernetes, and from within the JVM. */
@Timeout(120)
class CustomClientsIT {

    private static final String WIDGETS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: widgets, kind: Widget}
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec: {type: object, properties: {size: {type: integer, default: 3}}}
                      status: {type: object, properties: {phase: {type: string}}}
            ---
            apiVersion: example.com/v1
            kind: Widget
            metadata: {name: first}
            spec: {size: 1}
            """;

    /** What a widget is to be. */
    public static final class WidgetSpec {
        public @Nullable Integer size;
    }

    /** What a widget is. */
    public static final class WidgetStatus {
        public @Nullable String phase;
    }

    /** A widget, as fabric8 writes kinds of one's own. */
    @Group("example.com")
    @Version("v1")
    public static final class Widget extends CustomResource<WidgetSpec, WidgetStatus> implements Namespaced {
        private static final long serialVersionUID = 1L;
    }

    private ServerUnderTest server;

    @BeforeEach
    void start() throws InterruptedException {
        server = ServerUnderTest.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private KubernetesClient fabric8() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.api().kubeconfig()))
                .build();
    }

    @Test
    void appliesKindsAndObjectsTogetherFromWithin() {
        List<Resource> applied = server.cluster().apply(Manifests.load(WIDGETS));

        var widgets = server.cluster().resources(CustomObject.type("example.com/v1", "Widget"));
        widgets.create(CustomObject.of("example.com/v1", "Widget", "second"));

        assertThat(applied).hasSize(2);
        assertThat(applied.get(1).metadata().namespaceOrEmpty()).isEqualTo("default");
        assertThat(widgets.list())
                .extracting(widget -> widget.find("spec", "size").orElse("none"))
                .containsExactly(1L, "none");
        assertThat(widgets.named("second")
                        .edit(w -> w.with(Map.of(), "spec"))
                        .get()
                        .find("spec", "size"))
                .contains(3L);
    }

    @Test
    void fabric8KnowsThemWithAndWithoutClasses() throws InterruptedException {
        server.cluster().apply(Manifests.load(WIDGETS));
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (KubernetesClient client = fabric8();
                SharedIndexInformer<Widget> informer = client.resources(Widget.class)
                        .inNamespace("default")
                        .inform(new ResourceEventHandler<>() {
                            @Override
                            public void onAdd(Widget widget) {
                                seen.add("add " + widget.getMetadata().getName());
                            }

                            @Override
                            public void onUpdate(Widget old, Widget widget) {
                                seen.add("update " + widget.getMetadata().getName() + " " + widget.getStatus().phase);
                            }

                            @Override
                            public void onDelete(Widget widget, boolean unknown) {
                                seen.add("delete " + widget.getMetadata().getName());
                            }
                        })) {
            GenericKubernetesResource plain = client.genericKubernetesResources("example.com/v1", "Widget")
                    .inNamespace("default")
                    .withName("first")
                    .get();
            var second = new Widget();
            second.setMetadata(new ObjectMetaBuilder().withName("second").build());
            second.setSpec(new WidgetSpec());
            Widget created = client.resources(Widget.class)
                    .inNamespace("default")
                    .resource(second)
                    .create();
            created.setStatus(new WidgetStatus());
            created.getStatus().phase = "Ready";
            client.resource(created).updateStatus();
            client.resource(created).delete();

            assertThat(informer.isRunning()).isTrue();
            assertThat(plain.<Integer>get("spec", "size")).isEqualTo(1);
            assertThat(created.getSpec().size).isEqualTo(3);
            assertThat(next(seen)).isEqualTo("add first");
            assertThat(next(seen)).isEqualTo("add second");
            assertThat(next(seen)).isEqualTo("update second Ready");
            assertThat(next(seen)).isEqualTo("delete second");
        }
    }

    private static String next(BlockingQueue<String> seen) throws InterruptedException {
        return requireNonNull(seen.poll(ServerUnderTest.DEADLINE.toSeconds(), TimeUnit.SECONDS), "nothing came");
    }

    @Test
    void theOfficialClientKnowsThem() throws IOException {
        server.cluster().apply(Manifests.load(WIDGETS));
        var config = KubeConfig.loadKubeConfig(new StringReader(server.api().kubeconfig()));
        var api = new DynamicKubernetesApi(
                "example.com", "v1", "widgets", ClientBuilder.kubeconfig(config).build());

        DynamicKubernetesObject made = Dynamics.newFromJson("{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\","
                + "\"metadata\":{\"name\":\"second\",\"namespace\":\"default\"},\"spec\":{}}");
        var created = api.create(made);
        var listed = api.list("default");

        assertThat(created.isSuccess()).isTrue();
        assertThat(created.getObject()
                        .getRaw()
                        .getAsJsonObject("spec")
                        .get("size")
                        .getAsInt())
                .isEqualTo(3);
        assertThat(listed.getObject().getItems())
                .extracting(item -> item.getMetadata().getName())
                .containsExactly("first", "second");
        assertThat(api.delete("default", "second").isSuccess()).isTrue();
    }
}
