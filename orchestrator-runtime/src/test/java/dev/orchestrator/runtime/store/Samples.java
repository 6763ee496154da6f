package dev.orchestrator.runtime.store;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.NamespaceBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.api.model.meta.OwnerReferenceBuilder;
import org.jspecify.annotations.Nullable;

/** Objects for tests of the store. */
final class Samples {

    static final WriteRequest BY_TEST = WriteRequest.by("test");
    static final DeleteOptions DELETE = DeleteOptionsBuilder.builder().build();

    private Samples() {}

    static ObjectKey key(String name) {
        return new ObjectKey("shop", name);
    }

    static ObjectMeta meta(String name) {
        return ObjectMetaBuilder.builder().namespace("shop").name(name).build();
    }

    static ObjectMeta labelled(String name, String label, String value) {
        return ObjectMetaBuilder.builder(meta(name))
                .labels(Map.of(label, value))
                .build();
    }

    static ConfigMap configMap(String name) {
        return ConfigMapBuilder.builder().metadata(meta(name)).build();
    }

    static ConfigMap withData(ConfigMap map, String value) {
        return ConfigMapBuilder.builder(map).data(Map.of("value", value)).build();
    }

    static Pod pod(String name) {
        return pod(meta(name));
    }

    static Pod pod(ObjectMeta metadata) {
        PodSpec spec = PodSpecBuilder.builder()
                .containers(List.of(
                        ContainerBuilder.builder().name("app").image("app:1").build()))
                .terminationGracePeriodSeconds(30L)
                .build();
        return PodBuilder.builder().metadata(metadata).spec(spec).build();
    }

    static Pod onNode(Pod pod, String node) {
        return new Pod(
                pod.metadata(),
                PodSpecBuilder.builder(pod.spec()).nodeName(node).build(),
                pod.status());
    }

    static Pod inPhase(Pod pod, String phase) {
        return new Pod(
                pod.metadata(),
                pod.spec(),
                PodStatusBuilder.builder(pod.status()).phase(phase).build());
    }

    static Deployment deployment(String name, int replicas) {
        return DeploymentBuilder.builder()
                .metadata(meta(name))
                .spec(DeploymentSpecBuilder.builder().replicas(replicas).build())
                .build();
    }

    static Namespace namespace(String name) {
        return NamespaceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .build();
    }

    static OwnerReference owner(String uid, @Nullable Boolean controller) {
        return OwnerReferenceBuilder.builder()
                .apiVersion("v1")
                .kind("Any")
                .name("any")
                .uid(uid)
                .controller(controller)
                .build();
    }

    static ObjectMeta ownedBy(String name, OwnerReference... owners) {
        return ObjectMetaBuilder.builder(meta(name))
                .ownerReferences(List.of(owners))
                .build();
    }

    static ObjectMeta withFinalizers(ObjectMeta metadata, String... finalizers) {
        return ObjectMetaBuilder.builder(metadata)
                .finalizers(List.of(finalizers))
                .build();
    }

    static ObjectMeta withVersion(ObjectMeta metadata, @Nullable String version) {
        return ObjectMetaBuilder.builder(metadata).resourceVersion(version).build();
    }

    static long version(Resource object) {
        String version = object.metadata().resourceVersion();
        return version == null ? 0 : Long.parseLong(version);
    }
}
