package dev.orchestrator.runtime.codec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.FieldValidation;
import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.coordination.LeaseBuilder;
import dev.orchestrator.api.model.coordination.LeaseSpecBuilder;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class CodecTest {

    private static Document json(String text) {
        return JsonText.parse(text).getFirst();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"refusals", "malformedValues"})
    void refusesWithTheWordsOfTheApiServer(String scenario, String yaml, String message) {
        assertThatThrownBy(() -> Codec.decode(YamlText.parse(yaml).getFirst(), FieldValidation.STRICT))
                .as(scenario)
                .isInstanceOf(ApiException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> refusals() {
        String pod = "Pod in version \"v1\" cannot be handled as a Pod: ";
        String deployment = "Deployment in version \"v1\" cannot be handled as a Deployment: ";
        return Stream.of(
                arguments(
                        "unknown and duplicate field",
                        "{apiVersion: v1, kind: ConfigMap, foo: 1, data: {a: x, a: z}}",
                        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error:"
                                + " unknown field \"foo\", duplicate field \"data.a\""),
                arguments(
                        "unknown field deep inside",
                        "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{foo: 1}]}}}}",
                        deployment + "strict decoding error: unknown field \"spec.template.spec.containers[0].foo\""),
                arguments(
                        "number where a text belongs",
                        "{apiVersion: v1, kind: ConfigMap, data: {a: 1}}",
                        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number"
                                + " into Go struct field ConfigMap.data of type string"),
                arguments(
                        "yes is a truth value",
                        "{apiVersion: v1, kind: Pod, spec: {containers: [{env: [{name: a, value: yes}]}]}}",
                        pod + "json: cannot unmarshal bool into Go struct field EnvVar.spec.containers.env.value of"
                                + " type string"),
                arguments(
                        "text where a number belongs",
                        "{apiVersion: apps/v1, kind: Deployment, spec: {replicas: three}}",
                        deployment + "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas"
                                + " of type int32"),
                arguments(
                        "fraction where a whole number belongs",
                        "{apiVersion: apps/v1, kind: Deployment, spec: {replicas: 1.5}}",
                        deployment + "json: cannot unmarshal number 1.5 into Go struct field"
                                + " DeploymentSpec.spec.replicas of type int32"),
                arguments(
                        "text where a list belongs",
                        "{apiVersion: v1, kind: Pod, spec: {containers: [{command: ls}]}}",
                        pod + "json: cannot unmarshal string into Go struct field Container.spec.containers.command"
                                + " of type []string"),
                arguments(
                        "map where a list belongs",
                        "{apiVersion: v1, kind: Pod, spec: {containers: {}}}",
                        pod + "json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type"
                                + " []v1.Container"));
    }

    static Stream<Arguments> malformedValues() {
        String pod = "Pod in version \"v1\" cannot be handled as a Pod: ";
        return Stream.of(
                arguments(
                        "not a quantity",
                        "{apiVersion: v1, kind: Pod, spec: {containers: [{resources: {limits: {cpu: much}}}]}}",
                        pod + "quantities must match the regular expression"
                                + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"),
                arguments(
                        "not a moment",
                        "{apiVersion: v1, kind: Pod, metadata: {creationTimestamp: soon}}",
                        pod + "parsing time \"soon\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"soon\" as"
                                + " \"2006\""),
                arguments(
                        "not base64",
                        "{apiVersion: v1, kind: Secret, data: {a: 'a*b='}}",
                        "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input byte 1"),
                arguments(
                        "unknown kind",
                        "{apiVersion: policy/v1beta1, kind: PodDisruptionBudget}",
                        "no matches for kind \"PodDisruptionBudget\" in version \"policy/v1beta1\""),
                arguments(
                        "no kind",
                        "{apiVersion: v1, metadata: {name: a}}",
                        "Object 'Kind' is missing in" + " '{\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}'"),
                arguments("no apiVersion", "kind: Pod", "Object 'apiVersion' is missing in '{\"kind\":\"Pod\"}'"));
    }

    @Test
    void refusesAnotherKindThanTheOneAskedFor() {
        assertThatThrownBy(() -> Codec.decode(
                        ResourceTypes.CONFIG_MAP,
                        json("{\"kind\":\"Secret\",\"apiVersion\":\"v1\"}"),
                        FieldValidation.STRICT))
                .hasMessageStartingWith("Secret in version \"v1\" cannot be handled as a ConfigMap: ");
    }

    @Test
    void warnsOfWhatItLeavesOut() {
        var decoded = Codec.decode(
                ResourceTypes.CONFIG_MAP, json("{\"foo\":1,\"data\":{\"a\":\"x\",\"a\":\"y\"}}"), FieldValidation.WARN);

        assertThat(decoded.warnings()).containsExactly("unknown field \"foo\"", "duplicate field \"data.a\"");
        assertThat(decoded.value().data()).containsOnly(Map.entry("a", "y"));
    }

    @Test
    void writesFieldsInOrderAndOnlyThoseThatAreSet() {
        var pod = PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("a")
                        .creationTimestamp(Instant.parse("2026-01-02T03:04:05.678Z"))
                        .labels(Map.of("z", "1", "b", "2"))
                        .build())
                .build();

        assertThat(new String(Codec.toJson(pod), StandardCharsets.UTF_8))
                .isEqualTo("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"creationTimestamp\":"
                        + "\"2026-01-02T03:04:05Z\",\"labels\":{\"b\":\"2\",\"z\":\"1\"},\"name\":\"a\"}}");
    }

    @Test
    void writesMicroTimesWithSixDigits() {
        var lease = LeaseBuilder.builder()
                .spec(LeaseSpecBuilder.builder()
                        .renewTime(new MicroTime(Instant.parse("2026-01-02T03:04:05Z")))
                        .build())
                .build();

        assertThat(Codec.toTree(lease))
                .extractingByKey("spec")
                .isEqualTo(Map.of("renewTime", "2026-01-02T03:04:05.000000Z"));
    }

    @Test
    void keepsWhatAnEmptyValueMeans() {
        String text = "{\"apiVersion\":\"apps/v1\",\"kind\":\"StatefulSet\",\"spec\":{\"replicas\":0,\"selector\":{},"
                + "\"volumeClaimTemplates\":[{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"spec\":{"
                + "\"storageClassName\":\"\"}}]}}";

        StatefulSet set = Codec.decode(ResourceTypes.STATEFUL_SET, json(text), FieldValidation.STRICT)
                .value();

        assertThat(set.spec().replicas()).isZero();
        assertThat(set.spec().selector()).isNotNull();
        assertThat(new String(Codec.toJson(set), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void readsAnEmptyTextAsUnsetWhereKubernetesDoes() {
        Pod pod = Codec.decode(ResourceTypes.POD, json("{\"spec\":{\"hostname\":\"\"}}"), FieldValidation.STRICT)
                .value();

        assertThat(pod.spec().hostname()).isNull();
    }

    @Test
    void readsNullAsUnset() {
        ConfigMap map = Codec.decode(
                        ResourceTypes.CONFIG_MAP,
                        json("{\"data\":null,\"metadata\":{\"labels\":{\"a\":null}}}"),
                        FieldValidation.STRICT)
                .value();

        assertThat(map.data()).isEmpty();
        assertThat(map.metadata().labels()).isEqualTo(Map.of("a", ""));
    }

    @Test
    void keepsWhetherAPortIsANumberOrAName() {
        String text = "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"spec\":{\"ports\":[{\"port\":80,\"targetPort\":"
                + "\"8080\"},{\"port\":81,\"targetPort\":8080}]}}";

        var service = Codec.decode(ResourceTypes.SERVICE, json(text), FieldValidation.STRICT)
                .value();

        assertThat(new String(Codec.toJson(service), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void decodesEveryKindItHasEncoded() {
        for (var type : ResourceTypes.stored()) {
            var zero = RecordCodec.of(type.javaType()).zero();

            var back = Codec.decode(type, Document.of(Codec.toTree(zero)), FieldValidation.STRICT);

            assertThat(back.value()).as(type.kind()).isEqualTo(zero);
            assertThat(List.copyOf(Codec.toTree(zero).keySet())).as(type.kind()).isSorted();
        }
    }
}
