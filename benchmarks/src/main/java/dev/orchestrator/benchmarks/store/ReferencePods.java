package dev.orchestrator.benchmarks.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.ContainerStateBuilder;
import dev.orchestrator.api.model.core.ContainerStateRunning;
import dev.orchestrator.api.model.core.ContainerStatusBuilder;
import dev.orchestrator.api.model.core.HostIP;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodIP;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodStatus;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;

import static dev.orchestrator.api.draft.Drafts.configMap;
import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.pod;

/**
 * Pods like those of a deployment, about 1.4 KB of JSON each: owner, three labels, two annotations, one container with
 * port, environment, resources and probe, and a status.
 *
 * <p>They ask for a scheduler that does not exist, so that nothing but the store acts on them.
 */
public final class ReferencePods {

    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");
    private static final PodStatus STATUS = status();

    private final ObjectMeta metadata;
    private final PodSpec spec = spec();

    private ReferencePods(OwnerReference owner) {
        metadata = ObjectMetaBuilder.builder()
                .labels(Map.of("app", "web", "tier", "frontend", "pod-template-hash", "6d4cf56db6"))
                .annotations(Map.of("example.com/checksum", "9f86d081884c7d65", "example.com/revision", "17"))
                .ownerReferences(List.of(owner))
                .namespace("default")
                .build();
    }

    /** {@return pods owned by an object that this creates, as pods without owner would be collected} */
    public static ReferencePods in(Orchestrator cluster) {
        Resource owner = cluster.configMaps().apply(configMap("web-6d4cf56db6"));
        return new ReferencePods(new OwnerReference(
                "v1",
                true,
                true,
                "ConfigMap",
                owner.metadata().nameOrEmpty(),
                owner.metadata().uidOrEmpty()));
    }

    /** {@return the pod of that number, which shares its spec with the others, as replicas do} */
    public Pod replica(int number) {
        return new Pod(named(number), spec, STATUS);
    }

    /** {@return the same with a spec made for it alone} */
    Pod single(int number) {
        return new Pod(named(number), spec(), STATUS);
    }

    /** {@return how many bytes such a pod is as JSON} */
    int jsonSize() {
        return Manifests.toJson(replica(100_000)).replaceAll("\\n\\s*", "").length();
    }

    /** {@return the name of the pod of that number} */
    public static String name(int number) {
        return "web-6d4cf56db6-" + number;
    }

    private ObjectMeta named(int number) {
        return ObjectMetaBuilder.builder(metadata).name(name(number)).build();
    }

    private static PodSpec spec() {
        return pod("web")
                .podSpec(spec -> spec.schedulerName("nobody"))
                .container(
                        "web",
                        c -> c.image("registry.example.com/shop/web:1.29")
                                .port("http", 8080)
                                .env("MODE", "production")
                                .env("PEERS", "web-0,web-1,web-2")
                                .request("cpu", "100m")
                                .request("memory", "128Mi")
                                .limit("cpu", "500m")
                                .limit("memory", "256Mi")
                                .readinessProbe(httpGet("/healthz").port(8080)))
                .build()
                .spec();
    }

    private static PodStatus status() {
        return PodStatusBuilder.builder()
                .phase("Running")
                .conditions(List.of(PodConditionBuilder.builder()
                        .type("Ready")
                        .status("True")
                        .lastTransitionTime(STARTED)
                        .build()))
                .containerStatuses(List.of(ContainerStatusBuilder.builder()
                        .name("web")
                        .image("registry.example.com/shop/web:1.29")
                        .containerID("memory://web")
                        .ready(true)
                        .started(true)
                        .state(ContainerStateBuilder.builder()
                                .running(new ContainerStateRunning(STARTED))
                                .build())
                        .build()))
                .hostIP("192.168.0.1")
                .hostIPs(List.of(new HostIP("192.168.0.1")))
                .podIP("10.244.0.1")
                .podIPs(List.of(new PodIP("10.244.0.1")))
                .startTime(STARTED)
                .build();
    }
}
