package dev.orchestrator.runtime.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.NamespaceBuilder;
import dev.orchestrator.api.model.core.NamespaceSpec;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.core.NodeConditionBuilder;
import dev.orchestrator.api.model.core.NodeSpecBuilder;
import dev.orchestrator.api.model.core.NodeStatusBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.ResourceRequirementsBuilder;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServiceBuilder;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.core.ServicePortBuilder;
import dev.orchestrator.api.model.core.ServiceSpecBuilder;
import dev.orchestrator.api.model.core.TaintBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;

/** Small objects for tests. */
public final class Objects {

    private Objects() {}

    /** {@return metadata with a namespace, a name and labels given as {@code key=value}} */
    public static ObjectMeta meta(String namespace, String name, String... labels) {
        return ObjectMetaBuilder.builder()
                .namespace(namespace.isEmpty() ? null : namespace)
                .name(name)
                .labels(labels(labels))
                .build();
    }

    /** {@return labels given as {@code key=value}} */
    public static Map<String, String> labels(String... labels) {
        var map = new TreeMap<String, String>();
        for (String label : labels) {
            int equals = label.indexOf('=');
            map.put(label.substring(0, equals), label.substring(equals + 1));
        }
        return map;
    }

    /** {@return an active namespace} */
    public static Namespace namespace(String name) {
        return NamespaceBuilder.builder()
                .metadata(meta("", name))
                .spec(new NamespaceSpec(List.of("kubernetes")))
                .build();
    }

    /** {@return amounts given as {@code cpu=2}} */
    public static Map<String, Quantity> amounts(String... amounts) {
        var map = new TreeMap<String, Quantity>();
        labels(amounts).forEach((name, amount) -> map.put(name, Quantity.parse(amount)));
        return map;
    }

    /** {@return a ready node that offers these amounts, and 110 pods unless it says otherwise} */
    public static Node node(String name, String... allocatable) {
        var amounts = new TreeMap<>(Map.of("pods", Quantity.of(110)));
        amounts.putAll(amounts(allocatable));
        return NodeBuilder.builder()
                .metadata(meta("", name, "kubernetes.io/hostname=" + name))
                .status(NodeStatusBuilder.builder()
                        .allocatable(amounts)
                        .capacity(amounts)
                        .conditions(List.of(NodeConditionBuilder.builder()
                                .type("Ready")
                                .status("True")
                                .build()))
                        .build())
                .build();
    }

    /** {@return the node with a taint more} */
    public static Node tainted(Node node, String key, String value, String effect) {
        var taints = new ArrayList<>(node.spec().taints());
        taints.add(TaintBuilder.builder().key(key).value(value).effect(effect).build());
        return NodeBuilder.builder(node)
                .spec(NodeSpecBuilder.builder(node.spec()).taints(taints).build())
                .build();
    }

    /** {@return a container that requests these amounts} */
    public static Container container(String name, String... requests) {
        return ContainerBuilder.builder()
                .name(name)
                .image(name)
                .resources(ResourceRequirementsBuilder.builder()
                        .requests(amounts(requests))
                        .build())
                .build();
    }

    /** {@return a pod in the namespace {@code default} whose one container requests these amounts} */
    public static Pod pod(String name, String... requests) {
        return PodBuilder.builder()
                .metadata(meta("default", name))
                .spec(PodSpecBuilder.builder()
                        .containers(List.of(container("app", requests)))
                        .schedulerName("default-scheduler")
                        .build())
                .build();
    }

    /** {@return the pod with another spec} */
    public static Pod with(Pod pod, UnaryOperator<PodSpecBuilder> change) {
        return PodBuilder.builder(pod)
                .spec(change.apply(PodSpecBuilder.builder(pod.spec())).build())
                .build();
    }

    /** {@return the pod with these labels} */
    public static Pod labelled(Pod pod, String... labels) {
        return pod.withMetadata(
                ObjectMetaBuilder.builder(pod.metadata()).labels(labels(labels)).build());
    }

    /** {@return a service with one port named {@code http} that leads to the target port of pods with these labels} */
    public static Service service(String name, String targetPort, String... selector) {
        ServicePort port = ServicePortBuilder.builder()
                .name("http")
                .port(80)
                .protocol("TCP")
                .targetPort(IntOrString.parse(targetPort))
                .build();
        return ServiceBuilder.builder()
                .metadata(meta("default", name))
                .spec(ServiceSpecBuilder.builder()
                        .clusterIP("10.96.0.10")
                        .ipFamilies(List.of("IPv4"))
                        .ports(List.of(port))
                        .selector(labels(selector))
                        .type("ClusterIP")
                        .build())
                .build();
    }

    /** {@return an empty config map} */
    public static ConfigMap configMap(String namespace, String name) {
        return ConfigMapBuilder.builder().metadata(meta(namespace, name)).build();
    }

    /** {@return a reference to an owner that blocks its deletion} */
    public static OwnerReference ownedBy(Resource owner) {
        return new OwnerReference(
                owner.resourceType().apiVersion(),
                true,
                true,
                owner.resourceType().kind(),
                owner.metadata().nameOrEmpty(),
                owner.metadata().uidOrEmpty());
    }

    /** {@return metadata with these owners} */
    public static ObjectMeta owned(ObjectMeta metadata, OwnerReference... owners) {
        return ObjectMetaBuilder.builder(metadata)
                .ownerReferences(List.of(owners))
                .build();
    }
}
