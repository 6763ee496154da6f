package dev.orchestrator.runtime.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpec;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.apps.DeploymentStrategy;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.RollingUpdateDeployment;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.PodTemplateSpecBuilder;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.LabelSelectorBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.controller.deployment.DeploymentController;
import dev.orchestrator.runtime.controller.replicaset.ReplicaSetController;
import dev.orchestrator.runtime.loop.LoopManager;
import dev.orchestrator.runtime.store.Admission;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/** A store with the workload controllers on a manual clock; the test itself is the kubelet. */
final class ControlPlane implements AutoCloseable {

    static final Map<String, String> LABELS = Map.of("app", "web");
    private static final WriteRequest TEST = WriteRequest.by("test");

    final ManualClock clock = new ManualClock();
    final List<String> events = new CopyOnWriteArrayList<>();
    final ObjectStore store;
    private final Set<String> killed = new HashSet<>();
    private final LoopManager loops;
    private volatile int podLimit = Integer.MAX_VALUE;

    ControlPlane() {
        store = new ObjectStore(clock, new Limit(), StoreOptions.defaults().withSeed(7));
        loops = new LoopManager(store, clock);
        connect(loops, store, clock, events);
        loops.start();
    }

    static void connect(LoopManager loops, ObjectStore store, TimeSource time, List<String> events) {
        loops.connect(ReplicaSetController.ofReplicaSets(
                store, time, (about, type, reason, message, component) -> events.add(reason + ": " + message)));
        loops.connect(ReplicaSetController.ofReplicationControllers(
                store, time, (about, type, reason, message, component) -> events.add(reason + ": " + message)));
        loops.connect(new DeploymentController(
                store, time, (about, type, reason, message, component) -> events.add(reason + ": " + message)));
    }

    /** Refuses pods beyond a number, as a quota does. */
    private final class Limit implements Admission {

        @Override
        public <R extends Resource> R admitCreate(R object, WriteRequest request) {
            if (object instanceof Pod && store.list(ResourceTypes.POD).size() >= podLimit) {
                throw ApiException.of(ApiException.Reason.FORBIDDEN, "exceeded quota");
            }
            return object;
        }

        @Override
        public <R extends Resource> R admitUpdate(R old, R updated, WriteRequest request) {
            return updated;
        }

        @Override
        public <R extends Resource> void admitDelete(R old, WriteRequest request) {
            // Everybody may delete everything.
        }
    }

    void limitPods(int most) {
        podLimit = most;
    }

    @Override
    public void close() {
        loops.close();
        store.close();
    }

    void settle() throws InterruptedException {
        clock.settle();
    }

    void advance(Duration duration) throws InterruptedException {
        clock.advance(duration);
    }

    // ---- objects ----

    static PodTemplateSpec template(String image) {
        return PodTemplateSpecBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().labels(LABELS).build())
                .spec(PodSpecBuilder.builder()
                        .terminationGracePeriodSeconds(30L)
                        .containers(List.of(ContainerBuilder.builder()
                                .name("app")
                                .image(image)
                                .build()))
                        .build())
                .build();
    }

    static Deployment deployment(int replicas, int maxSurge, int maxUnavailable) {
        return DeploymentBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("web")
                        .namespace("default")
                        .build())
                .spec(DeploymentSpecBuilder.builder()
                        .replicas(replicas)
                        .selector(LabelSelectorBuilder.builder()
                                .matchLabels(LABELS)
                                .build())
                        .strategy(new DeploymentStrategy(
                                new RollingUpdateDeployment(IntOrString.of(maxSurge), IntOrString.of(maxUnavailable)),
                                "RollingUpdate"))
                        .progressDeadlineSeconds(600)
                        .revisionHistoryLimit(10)
                        .template(template("app:1"))
                        .build())
                .build();
    }

    <R extends Resource> R create(R object) {
        return store.create(object, TEST);
    }

    <R extends Resource> R edit(ResourceType<R> type, String name, UnaryOperator<R> change) {
        return store.edit(type, new ObjectKey("default", name), TEST, change);
    }

    void editSpec(UnaryOperator<DeploymentSpecBuilder> change) {
        edit(
                ResourceTypes.DEPLOYMENT,
                "web",
                web -> DeploymentBuilder.builder(web)
                        .spec(change.apply(DeploymentSpecBuilder.builder(web.spec()))
                                .build())
                        .build());
    }

    Deployment web() {
        return store.get(ResourceTypes.DEPLOYMENT, new ObjectKey("default", "web"));
    }

    DeploymentSpec spec() {
        return web().spec();
    }

    /** {@return the replica set of an image} */
    ReplicaSet set(String image) {
        return store.list(ResourceTypes.REPLICA_SET, "default").stream()
                .filter(set -> image.equals(
                        set.spec().template().spec().containers().getFirst().image()))
                .findFirst()
                .orElseThrow();
    }

    List<Pod> pods() {
        return store.list(ResourceTypes.POD, "default");
    }

    List<Pod> pods(String image) {
        return pods().stream()
                .filter(pod -> image.equals(pod.spec().containers().getFirst().image()))
                .toList();
    }

    /** {@return reason and status of the Progressing condition} */
    String progress() {
        return web().condition("Progressing")
                .map(condition -> condition.status() + " " + condition.reason() + " " + condition.message())
                .orElse("");
    }

    // ---- the kubelet ----

    void ready(Pod pod, boolean ready) {
        Instant now = clock.instant();
        store.edit(
                ResourceTypes.POD,
                pod.key(),
                TEST.on(Subresource.STATUS),
                present -> PodBuilder.builder(present)
                        .status(PodStatusBuilder.builder(present.status())
                                .phase("Running")
                                .conditions(List.of(PodConditionBuilder.builder()
                                        .type("Ready")
                                        .status(ready ? "True" : "False")
                                        .lastTransitionTime(now)
                                        .build()))
                                .build())
                        .build());
    }

    void bind(Pod pod, String node) {
        store.edit(
                ResourceTypes.POD,
                pod.key(),
                TEST.on(Subresource.BINDING),
                present -> PodBuilder.builder(present)
                        .spec(PodSpecBuilder.builder(present.spec())
                                .nodeName(node)
                                .build())
                        .build());
    }

    void allReady() throws InterruptedException {
        for (Pod pod : pods()) {
            if (pod.isActive() && !pod.isReady()) {
                readyIfThere(pod);
            }
        }
        settle();
    }

    /** The loops run on: one ready pod may cost another one its life. */
    void readyIfThere(Pod pod) {
        try {
            ready(pod, true);
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Makes pods ready until nothing changes any more. */
    void finishRollout() throws InterruptedException {
        settle();
        for (int i = 0; i < 100 && pods().stream().anyMatch(pod -> pod.isActive() && !pod.isReady()); i++) {
            allReady();
        }
    }

    void end(Pod pod, String phase) {
        store.edit(
                ResourceTypes.POD,
                pod.key(),
                TEST.on(Subresource.STATUS),
                present -> PodBuilder.builder(present)
                        .status(PodStatusBuilder.builder(present.status())
                                .phase(phase)
                                .build())
                        .build());
    }

    /** Ends the containers of pods that are being deleted. */
    void stopTerminating() throws InterruptedException {
        for (Pod pod : new ArrayList<>(pods())) {
            if (pod.metadata().isTerminating()) {
                store.delete(
                        ResourceTypes.POD,
                        pod.key(),
                        DeleteOptionsBuilder.builder().gracePeriodSeconds(0L).build(),
                        TEST);
            }
        }
        settle();
    }

    /** {@return whether the test itself has deleted an object} */
    boolean wasKilled(String uid) {
        return killed.contains(uid);
    }

    <R extends Resource> void delete(R object) {
        killed.add(object.metadata().uidOrEmpty());
        @SuppressWarnings("unchecked")
        ResourceType<R> type = (ResourceType<R>) object.resourceType();
        store.delete(type, object.key(), DeleteOptionsBuilder.builder().build(), TEST);
    }
}
