package dev.orchestrator.runtime.stress;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.Cluster;
import dev.orchestrator.api.Propagation;
import dev.orchestrator.api.ResourceHandle;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.store.WriteRequest;

import static dev.orchestrator.api.draft.Drafts.configMap;
import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.namespace;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.replicaSet;
import static dev.orchestrator.api.draft.Drafts.replicationController;
import static dev.orchestrator.api.draft.Drafts.service;

/** Users who create, change and delete whatever they find, without asking each other. */
public final class Storm {

    /** The namespace in which they meet. */
    public static final String NAMESPACE = "storm";

    /** The label of an object that the admission plug-in of the test fails on. */
    public static final String POISON = "poison";

    static final String BROKEN_IMAGE = "broken:1";
    private static final int PORT = 8080;
    private static final WriteRequest USER = WriteRequest.by("stress");

    private final Stage stage;
    private final Cluster storm;

    /** Creates users. */
    public Storm(Stage stage) {
        this.stage = stage;
        this.storm = stage.cluster().inNamespace(NAMESPACE);
    }

    /** Does anything. */
    public void act(SplittableRandom random) throws InterruptedException {
        switch (random.nextInt(20)) {
            case 0, 1 -> createDeployment(random);
            case 2, 3, 4, 5 -> changeDeployment(random);
            case 6 -> recreate(random);
            case 7 -> delete(storm.deployments().named(deploymentName(random)), random);
            case 8 -> createSets(random);
            case 9 -> changeSets(random);
            case 10 ->
                storm.create(pod("pod-" + random.nextInt(6))
                        .terminationGracePeriod(Duration.ofSeconds(1))
                        .container("app", c -> c.image(image(random))));
            case 11, 12 -> deleteAPod(random);
            case 13 -> relabelAPod(random);
            case 14 -> patchService(random);
            case 15 -> writeConfig(random);
            case 16 -> briefNamespace(random);
            case 17 -> createPoison();
            default -> cordon(random);
        }
    }

    private void createPoison() {
        try {
            storm.create(configMap("poison").label(POISON, "true"));
            stage.witness().report("what the admission plug-in fails on was stored");
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.INTERNAL_ERROR) {
                throw e;
            }
        }
    }

    private static String deploymentName(SplittableRandom random) {
        return "app-" + random.nextInt(4);
    }

    private static String image(SplittableRandom random) {
        int number = random.nextInt(8);
        return number == 0 ? BROKEN_IMAGE : (number < 4 ? "stormy:" : "idle:") + number;
    }

    private void createDeployment(SplittableRandom random) {
        String name = deploymentName(random);
        var created = storm.deployments()
                .create(deployment(name)
                        .replicas(random.nextInt(6))
                        .rollingUpdate(Integer.toString(1 + random.nextInt(3)), Integer.toString(random.nextInt(3)))
                        .terminationGracePeriod(Duration.ofSeconds(1))
                        .nodeSelector("weather", "stormy")
                        .container(
                                "app",
                                c -> c.image(image(random))
                                        .port(PORT)
                                        .readinessProbe(httpGet("/").port(PORT).every(Duration.ofMillis(100)))));
        stage.witness().acknowledge(created);
    }

    private void changeDeployment(SplittableRandom random) {
        var handle = storm.deployments().named(deploymentName(random));
        switch (random.nextInt(9)) {
            case 0, 1 -> handle.setImage("app", image(random));
            case 2, 3 -> handle.scale(random.nextInt(7));
            case 4 -> handle.pauseRollout();
            case 5 -> handle.resumeRollout();
            case 6 -> handle.undoRollout();
            case 7 -> handle.restartRollout();
            default ->
                handle.patch("spec: {strategy: {rollingUpdate: {maxSurge: " + random.nextInt(3) + ", maxUnavailable: "
                        + (1 + random.nextInt(2)) + "}}}");
        }
    }

    private void recreate(SplittableRandom random) {
        storm.apply(deployment("again")
                .replicas(random.nextInt(4))
                .recreate()
                .terminationGracePeriod(Duration.ofSeconds(1))
                .nodeSelector("weather", "stormy")
                .container("app", c -> c.image("idle:" + random.nextInt(3)).port(PORT)));
    }

    private void createSets(SplittableRandom random) {
        if (random.nextBoolean()) {
            stage.witness()
                    .acknowledge(storm.replicaSets()
                            .create(replicaSet("set-" + random.nextInt(3))
                                    .replicas(random.nextInt(5))
                                    .terminationGracePeriod(Duration.ofSeconds(1))
                                    .container("app", c -> c.image(image(random)))));
        } else {
            storm.create(replicationController("rc-" + random.nextInt(2))
                    .replicas(random.nextInt(4))
                    .terminationGracePeriod(Duration.ofSeconds(1))
                    .container("app", c -> c.image(image(random))));
        }
    }

    private void changeSets(SplittableRandom random) {
        String name = "set-" + random.nextInt(3);
        if (random.nextInt(3) == 0) {
            delete(storm.replicaSets().named(name), random);
        } else if (random.nextInt(3) == 0) {
            delete(storm.replicationControllers().named("rc-" + random.nextInt(2)), random);
        } else {
            int replicas = random.nextInt(6);
            stage.witness()
                    .acknowledge(stage.store()
                            .edit(
                                    ResourceTypes.REPLICA_SET,
                                    new ObjectKey(NAMESPACE, name),
                                    USER,
                                    set -> ReplicaSetBuilder.builder(set)
                                            .spec(ReplicaSetSpecBuilder.builder(set.spec())
                                                    .replicas(replicas)
                                                    .build())
                                            .build()));
        }
    }

    private static void delete(ResourceHandle<?, ?> handle, SplittableRandom random) {
        Propagation[] all = Propagation.values();
        handle.delete(all[random.nextInt(all.length)]);
    }

    private void deleteAPod(SplittableRandom random) {
        Pod victim = any(storm.pods().list(), random);
        if (victim != null) {
            stage.witness().willDelete(victim.metadata().uidOrEmpty());
            var handle = storm.pods().named(victim.metadata().nameOrEmpty());
            if (random.nextInt(3) == 0) {
                handle.delete(Propagation.BACKGROUND, Duration.ZERO);
            } else {
                handle.delete();
            }
        }
    }

    /** Takes a pod from its set, or gives it to another one. */
    private void relabelAPod(SplittableRandom random) {
        Pod victim = any(storm.pods().list(), random);
        if (victim != null) {
            stage.witness().willDelete(victim.metadata().uidOrEmpty());
            storm.pods().named(victim.metadata().nameOrEmpty()).label("app", "set-" + random.nextInt(4));
        }
    }

    static <T> @org.jspecify.annotations.Nullable T any(List<T> all, SplittableRandom random) {
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    private void patchService(SplittableRandom random) {
        String name = "service-" + random.nextInt(3);
        if (random.nextInt(4) == 0) {
            storm.services().named(name).delete();
        } else {
            storm.apply(service(name)
                    .selector("app", random.nextBoolean() ? deploymentName(random) : "set-0")
                    .port(80, PORT));
        }
    }

    private void writeConfig(SplittableRandom random) {
        var key = new ObjectKey(NAMESPACE, "config-" + random.nextInt(3));
        String value = Integer.toString(random.nextInt(1000));
        switch (random.nextInt(4)) {
            case 0 ->
                stage.witness()
                        .acknowledge(
                                storm.configMaps().create(configMap(key.name()).data("value", value)));
            case 1 -> storm.configMaps().named(key.name()).delete();
            default ->
                stage.witness()
                        .acknowledge(stage.store()
                                .edit(
                                        ResourceTypes.CONFIG_MAP,
                                        key,
                                        USER,
                                        map -> ConfigMapBuilder.builder(map)
                                                .data(java.util.Map.of("value", value))
                                                .build()));
        }
    }

    private void briefNamespace(SplittableRandom random) {
        String name = "brief-" + random.nextInt(3);
        if (random.nextInt(3) == 0) {
            stage.cluster().namespaces().named(name).delete();
        } else {
            stage.cluster().apply(namespace(name));
            stage.cluster()
                    .inNamespace(name)
                    .apply(
                            deployment("brief").replicas(2).container("app", c -> c.image("idle:1")),
                            service("brief").selector("app", "brief").port(80, PORT));
        }
    }

    private void cordon(SplittableRandom random) {
        var node = stage.cluster().nodes().named("stormy-" + (1 + random.nextInt(3)));
        if (random.nextBoolean()) {
            node.cordon();
        } else {
            node.uncordon();
        }
    }
}
