package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ContainerUsage;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetSpecBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.orchestrator.api.draft.Drafts.configMap;
import static dev.orchestrator.api.draft.Drafts.daemonSet;
import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.namespace;
import static dev.orchestrator.api.draft.Drafts.node;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.podDisruptionBudget;
import static dev.orchestrator.api.draft.Drafts.secret;
import static dev.orchestrator.api.draft.Drafts.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VerbsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Handles handles = new Handles();
    private final ClusterView cluster = handles.cluster;

    @Test
    void labelsWithAndWithoutOverwriting() {
        cluster.create(configMap("a").label("x", "1"));
        var map = cluster.configMaps().named("a");

        map.label(Map.of("x", "2", "y", "1")).addLabel("y", "1").addAnnotation("note", "n");

        assertThat(map.get().metadata().labels()).isEqualTo(Map.of("x", "2", "y", "1"));
        assertThatThrownBy(() -> map.addLabel("x", "3"))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ApiException.Reason.CONFLICT))
                .hasMessage("'x' already has a value (2), and --overwrite is false");
        assertThatThrownBy(() -> map.addAnnotation("note", "m"))
                .hasMessage("'note' already has a value (n), and --overwrite is false");
    }

    @Test
    void removesATaintOfOneEffect() {
        cluster.create(node("n"));
        var node = cluster.nodes().named("n");

        node.taint("gpu", "yes", "NoSchedule").taint("gpu", "yes", "NoExecute").untaint("gpu", "NoSchedule");

        assertThat(node.get().spec().taints())
                .extracting(taint -> taint.effect())
                .containsExactly("NoExecute");
    }

    @Test
    void setsAndRemovesWhatPodsRunWith() {
        cluster.create(
                deployment("d").container("c", c -> c.image("x").env("A", "1").env("B", "1")));
        var deployment = cluster.deployments().named("d");

        deployment.unsetEnv("A", "NONE").setServiceAccount("robot");

        var spec = deployment.get().spec().template().spec();
        Container container = spec.containers().getFirst();
        assertThat(container.env()).extracting(EnvVar::name).containsExactly("B");
        assertThat(spec.serviceAccountName()).isEqualTo("robot");
    }

    @Test
    void exposesUnderAnotherNameAndPort() {
        cluster.create(deployment("d").container("c", "x"));

        var service = cluster.deployments().named("d").expose("front", 80, IntOrString.of("http"));

        assertThat(service.name()).isEqualTo("front");
        assertThat(service.get().spec().ports().getFirst().targetPort()).isEqualTo(IntOrString.of("http"));
    }

    @Test
    void makesAnAutoscaler() {
        cluster.create(deployment("d").container("c", "x"), daemonSet("s").container("c", "x"));

        var autoscaler = cluster.deployments().named("d").autoscale(2, 5, 80).get();

        assertThat(autoscaler.spec().scaleTargetRef().kind()).isEqualTo("Deployment");
        assertThat(autoscaler.spec().minReplicas()).isEqualTo(2);
        assertThat(autoscaler.spec().maxReplicas()).isEqualTo(5);
        assertThat(Objects.requireNonNull(autoscaler.spec().metrics().getFirst().resource())
                        .target()
                        .averageUtilization())
                .isEqualTo(80);
        assertThatThrownBy(() -> cluster.daemonSets().named("s").autoscale(1, 2, 50))
                .hasMessage("the server does not allow this method on the requested resource");
    }

    @Test
    void pointsAServiceAtOtherPods() {
        cluster.create(service("s").selector("app", "blue").port(80));

        var service = cluster.services().named("s").setSelector(Map.of("app", "green"));

        assertThat(service.get().spec().selector()).isEqualTo(Map.of("app", "green"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a member                 | .metadata.name                                    | [p]
            in braces                | {.metadata.namespace}                             | [default]
            with a dollar            | {$.metadata.name}                                 | [p]
            an element               | .spec.containers[1].image                         | [y:1]
            the last element         | .spec.containers[-1].name                         | [d]
            all elements             | .spec.containers[*].name                          | [c, d]
            a filter                 | .spec.containers[?(@.name=="d")].image            | [y:1]
            a filter of the others   | .spec.containers[?(@.name!='d')].image            | [x:1]
            a quoted member          | .metadata.labels['app.kubernetes.io/name']        | [web]
            an escaped member        | .metadata.labels.app\\.kubernetes\\.io/name         | [web]
            nothing                  | .status.podIP                                     | []
            """)
    void readsFields(String name, String path, String values) {
        cluster.create(pod("p").label("app.kubernetes.io/name", "web")
                .container("c", "x:1")
                .container("d", "y:1"));

        assertThat(cluster.pods().named("p").field(path)).as(name).hasToString(values);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            an open bracket | .spec[0        | path ".spec[0": a bracket is not closed
            no number       | .spec[x]       | path ".spec[x]": "[x]" is neither an element, [*], a quoted name nor a filter
            a strange filter| .spec[?(name)] | path ".spec[?(name)]": a filter is such as [?(@.type=="Ready")], not [?(name)]
            no name         | .spec..x       | path ".spec..x": a name is missing after a dot
            """)
    void refusesPathsThatAreNone(String name, String path, String message) {
        cluster.create(pod("p").container("c", "x"));

        assertThatThrownBy(() -> cluster.pods().named("p").field(path))
                .as(name)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void waitsForFieldsAndConditions() throws InterruptedException {
        cluster.create(pod("p").container("c", "x"));
        var pod = cluster.pods().named("p");

        assertThat(pod.awaitField("{.spec.containers[0].image}", "x", LONG)
                        .key()
                        .name())
                .isEqualTo("p");
        assertThatThrownBy(() -> pod.awaitField(".status.phase", "Running", Duration.ofMillis(1)))
                .hasMessageStartingWith("pod default/p: waited for .status.phase to be Running: timed out after 1ms");
        assertThatThrownBy(() -> pod.awaitCondition("Ready", "False", Duration.ofMillis(1)))
                .hasMessageStartingWith("pod default/p: waited to have condition Ready=False: timed out");
    }

    @Test
    void selectsByFields() {
        cluster.create(pod("a").container("c", "x"), pod("b").container("c", "x"));

        assertThat(cluster.pods().withFields("metadata.name!=a").byName()).containsOnlyKeys("b");
        assertThatThrownBy(() -> cluster.pods().withFields("metadata.name=z").first())
                .hasMessage("no pods found in namespace default with metadata.name=z");
        assertThatThrownBy(() -> cluster.pods().withFields("spec.color=red").list())
                .hasMessageContaining("field label not supported: spec.color");
    }

    @Test
    void measuresUsage() throws InterruptedException {
        var earlier =
                new ContainerUsage("c", TestContainers.WRITTEN, Quantity.ZERO, Quantity.ZERO, Duration.ofSeconds(1));
        var later = new ContainerUsage(
                "c", TestContainers.WRITTEN.plusSeconds(10), Quantity.ZERO, Quantity.ZERO, Duration.ofMillis(3500));
        cluster.create(node("n"));

        assertThat(later.cpuSince(earlier)).isEqualTo(Quantity.parse("250m"));
        assertThat(earlier.cpuSince(earlier)).isEqualTo(Quantity.ZERO);
        assertThat(cluster.nodes().named("n").top().cpuPercent()).isZero();
    }

    @Test
    void explainsKindsAndFields() {
        assertThat(cluster.explain("deploy.spec.strategy"))
                .startsWith("""
                GROUP:      apps
                KIND:       Deployment
                VERSION:    v1

                FIELD: strategy <DeploymentStrategy>

                DESCRIPTION:
                """)
                .contains("\nFIELDS:\n  rollingUpdate\t<RollingUpdateDeployment>\n    ", "\n\n  type\t<string>\n    ");
        assertThat(cluster.explain("pod.spec.containers"))
                .contains("FIELD: containers <[]Container>\n", "  name\t<string> -required-\n")
                .contains("  resources\t<ResourceRequirements>\n");
        assertThat(cluster.explain("svc.spec.selector"))
                .contains("FIELD: selector <map[string]string>\n\nDESCRIPTION:\n    ")
                .doesNotContain("FIELDS");
        assertThat(cluster.explainRecursively("deployment.spec.strategy"))
                .contains("  rollingUpdate\t<RollingUpdateDeployment>\n    maxSurge\t<IntOrString>\n");
        assertThatThrownBy(() -> cluster.explain("pods.spec.colour")).hasMessage("field \"colour\" does not exist");
        assertThatThrownBy(() -> cluster.explain("starships"))
                .hasMessage("the server doesn't have a resource type \"starships\"");
        assertThat(List.of("po", "pods", "pod", "Pod"))
                .allSatisfy(name -> assertThat(cluster.explain(name)).startsWith("KIND:       Pod\n"));
    }

    @Test
    void describesASecretWithoutWhatIsInIt() {
        cluster.create(secret("s").data("password", "hunter22"));

        assertThat(cluster.secrets().named("s").describe())
                .contains("Data\n====\npassword:  8 bytes\n")
                .doesNotContain("hunter22", "aHVudGVyMjI=");
    }

    @Test
    void describesInTheWordsOfKubectl() {
        cluster.create(
                configMap("m").data("k", "v"),
                namespace("shop"),
                podDisruptionBudget("b")
                        .spec(spec -> PodDisruptionBudgetSpecBuilder.builder(spec)
                                .minAvailable(IntOrString.of(2))
                                .build()),
                deployment("d").container("c", "x"));

        assertThat(cluster.configMaps().named("m").describe()).contains("\nData\n====\nk:\n----\nv\n");
        assertThat(cluster.namespaces().named("shop").describe()).contains("No resource quota.\n");
        assertThat(cluster.podDisruptionBudgets().named("b").describe())
                .contains("Min available:  2\nSelector:       <unset>\nStatus:\n    Allowed disruptions:  0\n");
        assertThat(cluster.deployments().named("d").autoscale(1, 3, 80).describe())
                .contains(" Deployment/d\n", " <unknown> / 80%\nMin replicas: ");
    }
}
