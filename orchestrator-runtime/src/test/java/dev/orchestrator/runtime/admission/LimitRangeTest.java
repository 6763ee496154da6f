package dev.orchestrator.runtime.admission;

import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.story.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LimitRangeTest {

    private static final WriteRequest REQUEST = WriteRequest.by("test");

    private static final String DEFAULTS = """
            apiVersion: v1
            kind: LimitRange
            metadata: {name: defaults, namespace: default}
            spec:
              limits:
              - type: Container
                default: {cpu: 500m, memory: 256Mi}
                defaultRequest: {cpu: 100m, memory: 64Mi}
            """;

    private static AdmissionChain chain(String... ranges) {
        StoredFixture stored = StoredFixture.withDefaultNamespace().with(Objects.namespace("other"));
        AdmissionChain chain = AdmissionChain.of(stored, AdmissionPlugins.NONE, port -> true);
        for (String range : ranges) {
            stored.with(chain.admitCreate(parse(range), REQUEST));
        }
        return chain;
    }

    private static Resource parse(String manifest) {
        return Manifests.load(manifest).get(0);
    }

    private static String pod(String resources) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: web, namespace: default}
                spec:
                  containers: [{name: app, image: app, resources: %s}]
                """.replace("%s", resources);
    }

    private static String range(String type, String bounds) {
        return """
                apiVersion: v1
                kind: LimitRange
                metadata: {name: bounds, namespace: default}
                spec: {limits: [{type: TYPE, BOUNDS}]}
                """.replace("TYPE", type).replace("BOUNDS", bounds);
    }

    @Test
    void givesContainersWhatTheyDoNotNameAndSaysSo() {
        Pod pod = (Pod) chain(DEFAULTS).admitCreate(parse(pod("{requests: {cpu: 200m}}")), REQUEST);

        var resources = pod.spec().containers().get(0).resources();
        assertThat(resources.requests())
                .isEqualTo(Map.of("cpu", Quantity.parse("200m"), "memory", Quantity.parse("64Mi")));
        assertThat(resources.limits())
                .isEqualTo(Map.of("cpu", Quantity.parse("500m"), "memory", Quantity.parse("256Mi")));
        assertThat(pod.metadata().annotations())
                .containsEntry(
                        "kubernetes.io/limit-ranger",
                        "LimitRanger plugin set: memory request for container app; cpu, memory limit for container app");
        assertThat(pod.status().qosClass()).isEqualTo("Burstable");
    }

    @Test
    void givesInitContainersTheSame() {
        String manifest = """
                apiVersion: v1
                kind: Pod
                metadata: {name: web, namespace: default}
                spec:
                  initContainers: [{name: setup, image: app}]
                  containers:
                  - {name: app, image: app, resources: {requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1, memory: 1Gi}}}
                """;

        Pod pod = (Pod) chain(DEFAULTS).admitCreate(parse(manifest), REQUEST);

        assertThat(pod.metadata().annotations().get("kubernetes.io/limit-ranger"))
                .isEqualTo("LimitRanger plugin set: cpu, memory request for init container setup;"
                        + " cpu, memory limit for init container setup");
    }

    @Test
    void podsOfOneTemplateKeepSharingTheirSpec() {
        AdmissionChain chain = chain(DEFAULTS);
        Pod template = (Pod) parse(pod("{}"));

        Pod first = chain.admitCreate(template, REQUEST);
        Pod second = chain.admitCreate(template, REQUEST);

        assertThat(second.spec()).isSameAs(first.spec());
    }

    @Test
    void leavesPodsOfOtherNamespacesAlone() {
        Pod pod = (Pod) chain(DEFAULTS.replace("namespace: default", "namespace: other"))
                .admitCreate(parse(pod("{}")), REQUEST);

        assertThat(pod.spec().containers().get(0).resources().requests()).isEmpty();
        assertThat(pod.metadata().annotations()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            Container | max: {cpu: 1}                            | {requests: {cpu: 1}, limits: {cpu: 2}}                          | maximum cpu usage per Container is 1, but limit is 2
            Pod       | min: {memory: 64Mi}                      | {}                                                              | minimum memory usage per Pod is 64Mi.  No request is specified
            Container | min: {memory: 64Mi}                      | {requests: {memory: 32Mi}, limits: {memory: 128Mi}}             | minimum memory usage per Container is 64Mi, but request is 32Mi
            Container | maxLimitRequestRatio: {cpu: 2}           | {requests: {cpu: 100m}, limits: {cpu: 250m}}                    | cpu max limit to request ratio per Container is 2, but provided ratio is 2.500000
            Container | maxLimitRequestRatio: {cpu: 2}           | {limits: {memory: 1Gi}}                                         | cpu max limit to request ratio per Container is 2, but no request is specified or request is 0
            Pod       | max: {memory: 1Gi}                       | {requests: {memory: 1Gi}, limits: {memory: 2Gi}}                | maximum memory usage per Pod is 1Gi, but limit is 2Gi
            Pod       | max: {memory: 1Gi}                       | {}                                                              | maximum memory usage per Pod is 1Gi.  No limit is specified
            Pod       | min: {cpu: 100m}, max: {cpu: 1}          | {requests: {cpu: 50m}, limits: {cpu: 2}}                        | [minimum cpu usage per Pod is 100m, but request is 50m, maximum cpu usage per Pod is 1, but limit is 2]
            """)
    void holdsPodsToTheBounds(String type, String bounds, String resources, String message) {
        AdmissionChain chain = chain(range(type, bounds));

        assertThatThrownBy(() -> chain.admitCreate(parse(pod(resources)), REQUEST))
                .isInstanceOf(ApiException.class)
                .hasMessage("pods \"web\" is forbidden: " + message);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            max: {storage: 2Gi} | 3Gi   | maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 3Gi
            min: {storage: 2Gi} | 1Gi   | minimum storage usage per PersistentVolumeClaim is 2Gi, but request is 1Gi
            """)
    void holdsClaimsToTheBounds(String bounds, String storage, String message) {
        AdmissionChain chain = chain(range("PersistentVolumeClaim", bounds));

        assertThatThrownBy(() -> chain.admitCreate(parse("""
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata: {name: data, namespace: default}
                        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: %s}}}
                        """.replace("%s", storage)), REQUEST))
                .isInstanceOf(ApiException.class)
                .hasMessage("persistentvolumeclaims \"data\" is forbidden: " + message);
    }

    @Test
    void letsThroughWhatIsWithinTheBounds() {
        AdmissionChain chain = chain(range("Pod", "min: {cpu: 100m}, max: {cpu: 1}, maxLimitRequestRatio: {cpu: 4}"));

        Pod pod = (Pod) chain.admitCreate(parse(pod("{requests: {cpu: 250m}, limits: {cpu: 1}}")), REQUEST);

        assertThat(pod.metadata().annotations()).isEmpty();
    }
}
