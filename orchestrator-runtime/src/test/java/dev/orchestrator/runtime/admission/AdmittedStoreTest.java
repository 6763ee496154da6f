package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.batch.JobSpecBuilder;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.NamespaceBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.ServiceAccountBuilder;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AdmittedStoreTest {

    private static final WriteRequest REQUEST = WriteRequest.by("test");
    private static final Map<String, String> LABELS = Map.of("app", "web");

    private final StoreView view = new StoreView();
    private final ObjectStore store = new ObjectStore(
            new ManualClock(), AdmissionChain.of(view, AdmissionPlugins.NONE, port -> true), StoreOptions.defaults());

    @BeforeEach
    void createTheNamespace() {
        view.bind(store);
        store.create(
                NamespaceBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name("shop").build())
                        .build(),
                REQUEST);
        store.create(ServiceAccountBuilder.builder().metadata(named("default")).build(), REQUEST);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void sharesWhatTheTemplateHoldsAmongItsPods() {
        Deployment deployment = store.create(
                DeploymentBuilder.builder()
                        .metadata(named("web"))
                        .spec(DeploymentSpecBuilder.builder()
                                .selector(new LabelSelector(List.of(), LABELS))
                                .template(template("Always"))
                                .build())
                        .build(),
                REQUEST);

        Pod first = store.create(pod("web-1", deployment.spec().template()), REQUEST);
        Pod second = store.create(pod("web-2", deployment.spec().template()), REQUEST);

        assertThat(second.spec()).isSameAs(first.spec());
        assertThat(second.status().qosClass()).isEqualTo("BestEffort");
        assertThat(store.get(ResourceTypes.POD, new ObjectKey("shop", "web-1")).spec())
                .isSameAs(first.spec());
    }

    @Test
    void bindsAndReportsAPod() {
        store.create(pod("web-1", template("Always")), REQUEST);
        var key = new ObjectKey("shop", "web-1");

        store.edit(
                ResourceTypes.POD,
                key,
                REQUEST.on(Subresource.BINDING),
                pod -> PodBuilder.builder(pod)
                        .spec(PodSpecBuilder.builder(pod.spec()).nodeName("n1").build())
                        .build());
        Pod running = store.edit(
                ResourceTypes.POD,
                key,
                REQUEST.on(Subresource.STATUS),
                pod -> PodBuilder.builder(pod)
                        .status(PodStatusBuilder.builder(pod.status())
                                .phase("Running")
                                .build())
                        .build());

        assertThat(running.spec().nodeName()).isEqualTo("n1");
        assertThat(running.status().phase()).isEqualTo("Running");
    }

    @Test
    void namesAJobsPodsByTheUidOfTheStore() {
        Job job = store.create(
                JobBuilder.builder()
                        .metadata(named("once"))
                        .spec(JobSpecBuilder.builder()
                                .template(template("Never"))
                                .build())
                        .build(),
                REQUEST);

        assertThat(job.spec().template().metadata().labels())
                .containsEntry(
                        "batch.kubernetes.io/controller-uid", job.metadata().uidOrEmpty());
    }

    @Test
    void storesNothingOfWhatIsRefused() {
        long before = store.revision();

        assertThatThrownBy(() ->
                        store.create(PodBuilder.builder().metadata(named("bad")).build(), REQUEST))
                .hasMessage("Pod \"bad\" is invalid: spec.containers: Required value");

        assertThat(store.revision()).isEqualTo(before);
    }

    private static ObjectMeta named(String name) {
        return ObjectMetaBuilder.builder().namespace("shop").name(name).build();
    }

    private static PodTemplateSpec template(String restartPolicy) {
        return new PodTemplateSpec(
                ObjectMetaBuilder.builder().labels(LABELS).build(),
                PodSpecBuilder.builder()
                        .restartPolicy(restartPolicy)
                        .containers(List.of(ContainerBuilder.builder()
                                .name("c")
                                .image("a:1")
                                .build()))
                        .build());
    }

    private static Pod pod(String name, PodTemplateSpec template) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder(named(name)).labels(LABELS).build())
                .spec(template.spec())
                .build();
    }
}
