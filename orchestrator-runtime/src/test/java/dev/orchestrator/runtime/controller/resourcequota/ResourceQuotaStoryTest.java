package dev.orchestrator.runtime.controller.resourcequota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.core.ResourceQuota;
import dev.orchestrator.api.model.core.ResourceQuotaBuilder;
import dev.orchestrator.api.model.core.ResourceQuotaSpecBuilder;
import dev.orchestrator.api.model.core.ResourceQuotaStatus;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.runtime.controller.replicaset.ReplicaSetController;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ResourceQuotaStoryTest {

    private static final WriteRequest USER = WriteRequest.by("user");

    private final Story story = Story.admitted(
            parts -> new ResourceQuotaController(parts.store(), parts.time(), parts.quotas()),
            parts -> ReplicaSetController.ofReplicaSets(parts.store(), parts.time(), parts.events()));

    @AfterEach
    void close() {
        story.close();
    }

    private void create(String manifest) {
        Manifests.load(manifest).forEach(story::create);
    }

    private void quota(String name, String spec) {
        create("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: NAME, namespace: default}
                spec: SPEC
                """.replace("NAME", name).replace("SPEC", spec));
    }

    private static String pod(String name, String resources, String more) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: NAME, namespace: default}
                spec:
                  containers: [{name: app, image: app, resources: RESOURCES}]
                  MORE
                """.replace("NAME", name).replace("RESOURCES", resources).replace("MORE", more);
    }

    private static String pod(String name, String resources) {
        return pod(name, resources, "");
    }

    private String used(String name) throws InterruptedException {
        story.settle();
        ResourceQuota quota = story.get(ResourceTypes.RESOURCE_QUOTA, "default", name);
        var text = new ArrayList<String>();
        new java.util.TreeMap<>(quota.status().used()).forEach((resource, sum) -> text.add(resource + "=" + sum));
        return String.join(" ", text);
    }

    @Test
    void refusesWhatExceedsTheQuotaInKubernetesWords() throws InterruptedException {
        quota("compute", "{hard: {pods: 2, requests.cpu: 1, limits.memory: 1Gi}}");
        String small = "{requests: {cpu: 400m}, limits: {cpu: 1, memory: 256Mi}}";
        create(pod("a", small));
        create(pod("b", small));

        assertThatThrownBy(() -> create(pod("c", small)))
                .isInstanceOf(ApiException.class)
                .hasMessage("pods \"c\" is forbidden: exceeded quota: compute, requested: pods=1,requests.cpu=400m,"
                        + " used: pods=2,requests.cpu=800m, limited: pods=2,requests.cpu=1");
        assertThat(used("compute")).isEqualTo("limits.memory=512Mi pods=2 requests.cpu=800m");
    }

    @Test
    void asksForWhatAQuotaOfComputeNeeds() {
        quota("compute", "{hard: {requests.cpu: 1, limits.cpu: 2, limits.memory: 1Gi}}");

        assertThatThrownBy(() -> create(pod("a", "{requests: {cpu: 100m}}")))
                .isInstanceOf(ApiException.class)
                .hasMessage("pods \"a\" is forbidden: failed quota: compute: must specify limits.cpu for: app;"
                        + " limits.memory for: app");
    }

    @Test
    void countsWhatWasThereBeforeTheQuota() throws InterruptedException {
        create(pod("a", "{requests: {cpu: 100m}}"));
        quota("late", "{hard: {pods: 1, cpu: 1}}");

        assertThatThrownBy(() -> create(pod("b", "{requests: {cpu: 100m}}")))
                .hasMessage("pods \"b\" is forbidden: exceeded quota: late, requested: pods=1, used: pods=1,"
                        + " limited: pods=1");
        assertThat(used("late")).isEqualTo("cpu=100m pods=1");
    }

    @Test
    void givesBackWhatFinishedAndDeletedPodsUsed() throws InterruptedException {
        quota("q", "{hard: {pods: 2, count/pods: 9, requests.memory: 1Gi}}");
        create(pod("a", "{requests: {memory: 600Mi}}"));
        create(pod("b", "{requests: {memory: 100Mi}}"));
        assertThat(used("q")).isEqualTo("count/pods=2 pods=2 requests.memory=700Mi");

        story.editStatus(
                ResourceTypes.POD,
                "default",
                "a",
                pod -> PodBuilder.builder(pod)
                        .status(PodStatusBuilder.builder(pod.status())
                                .phase("Succeeded")
                                .build())
                        .build());
        assertThat(used("q")).isEqualTo("count/pods=2 pods=1 requests.memory=100Mi");

        story.delete(ResourceTypes.POD, "default", "b", null);
        assertThat(used("q")).isEqualTo("count/pods=1 pods=0 requests.memory=0");
    }

    @Test
    void stopsChargingForAPodThatDoesNotEndInTime() throws InterruptedException {
        quota("q", "{hard: {pods: 1}}");
        create(pod("a", "{}", "nodeName: lost"));
        story.store()
                .delete(
                        ResourceTypes.POD,
                        new ObjectKey("default", "a"),
                        DeleteOptionsBuilder.builder().gracePeriodSeconds(30L).build(),
                        USER);
        assertThat(used("q")).isEqualTo("pods=1");

        story.advance(Duration.ofSeconds(60));
        assertThat(used("q")).isEqualTo("pods=1");

        story.advance(Duration.ofSeconds(1));
        assertThat(used("q")).isEqualTo("pods=0");
        create(pod("b", "{}"));
    }

    @Test
    void chargesNothingForAWriteThatFails() throws InterruptedException {
        quota("q", "{hard: {pods: 5}}");
        create(pod("a", "{}"));

        assertThatThrownBy(() -> create(pod("a", "{}"))).hasMessage("pods \"a\" already exists");

        assertThat(used("q")).isEqualTo("pods=1");
    }

    @Test
    void aDryRunIsWeighedButNotCharged() throws InterruptedException {
        quota("q", "{hard: {pods: 1}}");
        var pod = Manifests.load(pod("a", "{}")).get(0);

        story.store().create(pod, USER.asDryRun());
        assertThat(used("q")).isEqualTo("pods=0");

        story.create(pod);
        assertThatThrownBy(() ->
                        story.store().create(Manifests.load(pod("b", "{}")).get(0), USER.asDryRun()))
                .hasMessageContaining("exceeded quota: q");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Terminating    | activeDeadlineSeconds: 60                      | {}                    | 1
            Terminating    | restartPolicy: Always                          | {}                    | 0
            NotTerminating | restartPolicy: Always                          | {}                    | 1
            BestEffort     | restartPolicy: Always                          | {}                    | 1
            BestEffort     | restartPolicy: Always                          | {requests: {cpu: 1}}  | 0
            NotBestEffort  | restartPolicy: Always                          | {requests: {cpu: 1}}  | 1
            PriorityClass  | priorityClassName: system-node-critical        | {}                    | 1
            PriorityClass  | restartPolicy: Always                          | {}                    | 0
            """)
    void countsOnlyPodsWithinItsScopes(String scope, String spec, String resources, String expected)
            throws InterruptedException {
        quota("scoped", "{hard: {pods: 5}, scopes: [" + scope + "]}");

        create(pod("a", resources, spec));

        assertThat(used("scoped")).isEqualTo("pods=" + expected);
    }

    @Test
    void countsPodsOfThePriorityClassesItSelects() throws InterruptedException {
        create("""
                apiVersion: scheduling.k8s.io/v1
                kind: PriorityClass
                metadata: {name: high}
                value: 1000
                """);
        quota(
                "high",
                "{hard: {pods: 1}, scopeSelector: {matchExpressions:"
                        + " [{scopeName: PriorityClass, operator: In, values: [high]}]}}");
        create(pod("low", "{}"));
        create(pod("a", "{}", "priorityClassName: high"));

        assertThatThrownBy(() -> create(pod("b", "{}", "priorityClassName: high")))
                .hasMessageContaining("exceeded quota: high");
        assertThat(used("high")).isEqualTo("pods=1");
    }

    @Test
    void countsServicesByTypeAndRefusesTheirGrowth() throws InterruptedException {
        quota("net", "{hard: {services: 3, services.nodeports: 1, services.loadbalancers: 0}}");
        create("""
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: default}
                spec: {type: NodePort, selector: {app: web}, ports: [{name: a, port: 80}]}
                """);
        assertThat(used("net")).isEqualTo("services=1 services.loadbalancers=0 services.nodeports=1");

        assertThatThrownBy(() -> story.edit(
                        ResourceTypes.SERVICE, "default", "web", service -> (dev.orchestrator.api.model.core.Service)
                                Manifests.load("""
                                        apiVersion: v1
                                        kind: Service
                                        metadata: {name: web, namespace: default}
                                        spec: {type: LoadBalancer, selector: {app: web}, ports: [{name: a, port: 80}]}
                                        """).get(0)))
                .hasMessage("services \"web\" is forbidden: exceeded quota: net, requested: services.loadbalancers=1,"
                        + " used: services.loadbalancers=0, limited: services.loadbalancers=0");
    }

    @Test
    void countsObjectsOfAnyKindAndStorage() throws InterruptedException {
        quota(
                "objects",
                "{hard: {count/configmaps: 1, count/replicasets.apps: 4, configmaps: 5, requests.storage: 3Gi,"
                        + " persistentvolumeclaims: 5, fast.storageclass.storage.k8s.io/requests.storage: 2Gi}}");
        create("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: default}}");
        create("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data, namespace: default}
                spec: {accessModes: [ReadWriteOnce], storageClassName: fast, resources: {requests: {storage: 2Gi}}}
                """);

        assertThatThrownBy(() -> create("{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: default}}"))
                .hasMessage("configmaps \"b\" is forbidden: exceeded quota: objects, requested: count/configmaps=1,"
                        + " used: count/configmaps=1, limited: count/configmaps=1");
        assertThat(used("objects"))
                .isEqualTo("configmaps=1 count/configmaps=1 count/replicasets.apps=0"
                        + " fast.storageclass.storage.k8s.io/requests.storage=2Gi persistentvolumeclaims=1"
                        + " requests.storage=2Gi");
    }

    @Test
    void aReplicaSetSaysWhyItCanNotGrowAndGoesOnWhenThereIsRoom() throws InterruptedException {
        quota("q", "{hard: {pods: 2}}");
        create("""
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata: {name: web, namespace: default}
                spec:
                  replicas: 4
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: app, image: app}]}
                """);
        story.settle();

        ReplicaSet stuck = story.get(ResourceTypes.REPLICA_SET, "default", "web");
        assertThat(stuck.status().replicas()).isEqualTo(2);
        assertThat(stuck.condition("ReplicaFailure")).hasValueSatisfying(condition -> {
            assertThat(condition.reason()).isEqualTo("FailedCreate");
            assertThat(condition.message())
                    .matches("pods \"web-.{5}\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2,"
                            + " limited: pods=2");
        });
        assertThat(story.events())
                .anyMatch(event -> event.startsWith("Warning FailedCreate default/web: Error creating: pods \"web-"));

        story.edit(
                ResourceTypes.RESOURCE_QUOTA,
                "default",
                "q",
                quota -> ResourceQuotaBuilder.builder(quota)
                        .spec(ResourceQuotaSpecBuilder.builder(quota.spec())
                                .hard(Map.of("pods", Quantity.of(9)))
                                .build())
                        .build());
        assertThat(used("q")).isEqualTo("pods=4");
        assertThat(story.get(ResourceTypes.REPLICA_SET, "default", "web").condition("ReplicaFailure"))
                .isEmpty();
    }

    @Test
    void ownsItsStatusWhoeverWritesThere() throws InterruptedException {
        quota("q", "{hard: {pods: 2}}");
        create(pod("a", "{}"));
        story.settle();

        story.editStatus(
                ResourceTypes.RESOURCE_QUOTA,
                "default",
                "q",
                quota -> ResourceQuotaBuilder.builder(quota)
                        .status(ResourceQuotaStatus.EMPTY)
                        .build());

        assertThat(used("q")).isEqualTo("pods=1");
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"1", "2", "3"})
    void racingWritersNeverExceedTheQuota(int seed) throws InterruptedException {
        quota("q", "{hard: {pods: 20, requests.cpu: 1900m}}");
        var created = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int writer = i;
            writers.add(Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 10; n++) {
                    try {
                        create(pod("p-" + seed + "-" + writer + "-" + n, "{requests: {cpu: 100m}}"));
                        created.incrementAndGet();
                    } catch (ApiException refused) {
                        assertThat(refused.reason()).isEqualTo(ApiException.Reason.FORBIDDEN);
                    }
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(created).as("seed %d", seed).hasValue(19);
        assertThat(story.store().list(ResourceTypes.POD)).hasSize(19);
        assertThat(used("q")).isEqualTo("pods=19 requests.cpu=1900m");
    }
}
