package dev.orchestrator.runtime.handle;

import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.core.Service;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.configMap;
import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApplyTest {

    private final Handles handles = new Handles();

    @Test
    void createsInTheNamespaceOfTheView() {
        handles.cluster.inNamespace("shop").apply(configMap("a").data("k", "v"));
        handles.cluster.apply(configMap("b").namespace("other"));

        assertThat(handles.cluster.configMaps().inAllNamespaces().list())
                .extracting(map -> map.key().toString())
                .containsExactly("other/b", "shop/a");
    }

    @Test
    void appliesDraftsAndLoadedObjectsTogether() {
        Resource loaded = Manifests.load("{apiVersion: v1, kind: Service, metadata: {name: s}}")
                .getFirst();

        var applied = handles.cluster.apply(deployment("d").container("c", "x"), loaded);

        assertThat(applied).extracting(object -> object.resourceType().kind()).containsExactly("Deployment", "Service");
    }

    @Test
    void remembersWhatWasAppliedAsKubectlDoes() {
        handles.cluster.apply(configMap("a").data("k", "v"));

        assertThat(handles.cluster.configMaps().named("a").get().metadata().annotations())
                .isEqualTo(Map.of(
                        "kubectl.kubernetes.io/last-applied-configuration",
                        "{\"apiVersion\":\"v1\",\"data\":{\"k\":\"v\"},\"kind\":\"ConfigMap\",\"metadata\":"
                                + "{\"annotations\":{},\"name\":\"a\",\"namespace\":\"default\"}}\n"));
    }

    @Test
    void removesWhatIsAppliedNoMoreAndKeepsWhatOthersHaveSet() {
        handles.cluster.apply(configMap("a").data("old", "1").data("kept", "1").label("mine", "1"));
        handles.cluster.configMaps().named("a").label("theirs", "1").patchMerge("{data: {theirs: '1'}}");

        handles.cluster.apply(configMap("a").data("kept", "2"));

        var map = handles.cluster.configMaps().named("a").get();
        assertThat(map.data()).isEqualTo(Map.of("kept", "2", "theirs", "1"));
        assertThat(map.metadata().labels()).isEqualTo(Map.of("theirs", "1"));
    }

    @Test
    void mergesContainersByTheirNames() {
        handles.cluster.apply(deployment("d")
                .container("one", c -> c.image("one:1").env("A", "1").env("B", "1"))
                .container("two", "two:1"));
        handles.cluster
                .deployments()
                .named("d")
                .patch("{spec: {template: {spec: {containers: [{name: injected, image: side:1}]}}}}");

        handles.cluster.apply(
                deployment("d").container("one", c -> c.image("one:2").env("B", "2")));

        var containers = handles.cluster
                .deployments()
                .named("d")
                .get()
                .spec()
                .template()
                .spec()
                .containers();
        assertThat(containers).extracting(Container::name).containsExactly("one", "injected");
        assertThat(containers.getFirst().image()).isEqualTo("one:2");
        assertThat(containers.getFirst().env()).extracting(EnvVar::name).containsExactly("B");
    }

    @Test
    void dropsWhatTheServerHadFilledInForAnotherStrategy() {
        handles.cluster.apply(deployment("d").container("c", "x"));
        handles.cluster
                .deployments()
                .named("d")
                .patch("{spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}}");

        handles.cluster.apply(deployment("d").container("c", "x").recreate());

        var strategy = handles.cluster.deployments().named("d").get().spec().strategy();
        assertThat(strategy.type()).isEqualTo("Recreate");
        assertThat(strategy.rollingUpdate()).isNull();
    }

    @Test
    void keepsFieldsThatTheServerHasSet() {
        handles.cluster.apply(service("s").selector("app", "a").port(80));
        handles.cluster
                .services()
                .named("s")
                .patch("{spec: {clusterIP: 10.96.0.7, ports: [{port: 80, nodePort: 30000}]}}");

        handles.cluster.apply(service("s").selector("app", "b").port(80, 8080));

        Service stored = handles.cluster.services().named("s").get();
        assertThat(stored.spec().clusterIP()).isEqualTo("10.96.0.7");
        assertThat(stored.spec().selector()).isEqualTo(Map.of("app", "b"));
        assertThat(stored.spec().ports().getFirst().nodePort()).isEqualTo(30000);
        assertThat(stored.spec().ports().getFirst().targetPort()).isEqualTo(IntOrString.of(8080));
    }

    @Test
    void changesNothingWhenNothingDiffers() {
        handles.cluster.apply(deployment("d").container("c", "x"));
        String before =
                handles.cluster.deployments().named("d").get().metadata().resourceVersion();

        handles.cluster.apply(deployment("d").container("c", "x"));

        assertThat(handles.cluster.deployments().named("d").get().metadata().resourceVersion())
                .isEqualTo(before);
    }

    @Test
    void refusesToApplyWithoutAName() {
        Resource nameless = Manifests.load("{apiVersion: v1, kind: Pod, metadata: {generateName: a-}}")
                .getFirst();

        assertThatThrownBy(() -> handles.cluster.apply(nameless))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("cannot use generate name with apply");
    }

    @Test
    void patchesInThreeWays() {
        handles.cluster.apply(deployment("d").container("a", "a:1").container("b", "b:1"));
        var deployment = handles.cluster.deployments().named("d");

        deployment.patch(
                "{spec: {template: {spec: {containers: [{name: a, $patch: delete}, {name: b, image: 'b:2'}]}}}}");
        deployment.patchMerge("{metadata: {labels: {x: '1', app: null}}}");
        deployment.patchJson("[{op: test, path: /metadata/labels/x, value: '1'}, {op: add, path: /metadata/labels/a~1b,"
                + " value: c}, {op: add, path: /spec/template/spec/containers/0, value: {name: c, image: c}}]");

        assertThat(deployment.get().metadata().labels()).isEqualTo(Map.of("x", "1", "a/b", "c"));
        assertThat(deployment.get().spec().template().spec().containers())
                .extracting(Container::image)
                .containsExactly("c", "b:2");
    }

    @Test
    void refusesPatchesThatDoNotFit() {
        handles.cluster.apply(configMap("a").data("k", "v"));
        var map = handles.cluster.configMaps().named("a");

        assertThatThrownBy(() -> map.patchJson("[{op: test, path: /data/k, value: other}]"))
                .hasMessage("the server rejected our request due to an error in our request");
        assertThatThrownBy(() -> map.patch("{data: {k: 1}}"))
                .hasMessageContaining("cannot unmarshal number into Go struct field ConfigMap.data of type string");
        assertThatThrownBy(() -> map.patchMerge("{dato: {}}")).hasMessageContaining("unknown field \"dato\"");
        assertThat(map.get().data()).isEqualTo(Map.of("k", "v"));
    }
}
