package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ScalingAdmissionTest {

    @Test
    void fillsInWhatAnAutoscalerLeavesOut() {
        assertThat(Admitted.fields(autoscaler("maxReplicas: 3")).get("spec"))
                .hasToString("{maxReplicas=3, metrics=[{resource={name=cpu, target={averageUtilization=80,"
                        + " type=Utilization}}, type=Resource}], minReplicas=1, scaleTargetRef={kind=Deployment,"
                        + " name=web}}");
        assertThat(Admitted.fields(autoscaler("maxReplicas: 3, behavior: {scaleDown: {selectPolicy: Min}}"))
                        .get("spec"))
                .asString()
                .startsWith("{behavior={scaleDown={policies=[{periodSeconds=15, type=Percent, value=100}],"
                        + " selectPolicy=Min}, scaleUp={policies=[{periodSeconds=15, type=Pods, value=4},"
                        + " {periodSeconds=15, type=Percent, value=100}], selectPolicy=Max,"
                        + " stabilizationWindowSeconds=0}}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String name, String manifest, List<String> causes) {
        assertThat(Admitted.refusal(manifest)).as(name).isEqualTo(causes);
    }

    static Stream<Arguments> refused() {
        return Stream.concat(refusedAutoscalers(), refusedBudgets());
    }

    private static Stream<Arguments> refusedAutoscalers() {
        String metric = "spec.metrics[0].";
        String up = "spec.behavior.scaleUp.";
        return Stream.of(
                arguments(
                        "less at most than at least",
                        autoscaler("minReplicas: 0, maxReplicas: -1"),
                        List.of(
                                "spec.minReplicas: Invalid value: 0: must be greater than or equal to 1",
                                "spec.maxReplicas: Invalid value: -1: must be greater than 0",
                                "spec.maxReplicas: Invalid value: -1: must be greater than or equal to"
                                        + " `minReplicas`")),
                arguments(
                        "no target",
                        autoscaler("maxReplicas: 1").replace("{kind: Deployment, name: web}", "{}"),
                        List.of(
                                "spec.scaleTargetRef.kind: Required value",
                                "spec.scaleTargetRef.name: Required value")),
                arguments(
                        "source of another type",
                        autoscaler("maxReplicas: 1, metrics: [{type: Pods, resource: {name: cpu, target: {type:"
                                + " Utilization, averageUtilization: 0}}}]"),
                        List.of(
                                metric + "resource.target.averageUtilization: Invalid value: 0: must be greater than 0",
                                metric + "pods: Required value: must populate information for the given metric"
                                        + " source")),
                arguments(
                        "two sources",
                        autoscaler("maxReplicas: 1, metrics: [{type: Pods, pods: {metric: {name: q}, target: {type:"
                                + " AverageValue, averageValue: 1}}, resource: {name: cpu}}]"),
                        List.of(metric + "resource: Forbidden: must populate the given metric source only")),
                arguments(
                        "target without value",
                        autoscaler("maxReplicas: 1, metrics: [{type: External, external: {metric: {name: ''}, target:"
                                + " {type: Big}}}]"),
                        List.of(
                                metric + "external.metric.name: Required value: must specify a metric name",
                                metric + "external.target.type: Invalid value: \"Big\": must be either Utilization,"
                                        + " Value, or AverageValue",
                                metric + "external.target.averageValue: Required value: must set either a target value"
                                        + " for metric or a per-pod target")),
                arguments(
                        "behaviour",
                        autoscaler(
                                "maxReplicas: 1, behavior: {scaleUp: {stabilizationWindowSeconds: 3601, selectPolicy:"
                                        + " All, policies: [{type: Pods, value: 0, periodSeconds: 1801}]}}"),
                        List.of(
                                up + "stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to"
                                        + " 3600",
                                up + "selectPolicy: Unsupported value: \"All\": supported values: \"Disabled\","
                                        + " \"Max\", \"Min\"",
                                up + "policies[0].value: Invalid value: 0: must be greater than zero",
                                up + "policies[0].periodSeconds: Invalid value: 1801: must be less than or equal to"
                                        + " 1800")));
    }

    private static Stream<Arguments> refusedBudgets() {
        return Stream.of(
                arguments("nothing set", budget(""), List.of()),
                arguments(
                        "no percentage",
                        budget("minAvailable: half"),
                        List.of("spec.minAvailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0,"
                                + " StrVal:\"half\"}: a valid percent string must be a numeric string followed by an"
                                + " ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')")),
                arguments(
                        "more than all",
                        budget("maxUnavailable: 101%"),
                        List.of("spec.maxUnavailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0,"
                                + " StrVal:\"101%\"}: must not be greater than 100%")),
                arguments(
                        "less than none",
                        budget("minAvailable: -1, unhealthyPodEvictionPolicy: Never"),
                        List.of(
                                "spec.minAvailable: Invalid value: -1: must be greater than or equal to 0",
                                "spec.unhealthyPodEvictionPolicy: Unsupported value: \"Never\": supported values:"
                                        + " \"AlwaysAllow\", \"IfHealthyBudget\"")));
    }

    @Test
    void refusesABudgetOfBothKinds() {
        assertThat(Admitted.refusal(budget("minAvailable: 1, maxUnavailable: 1")))
                .singleElement()
                .asString()
                .startsWith("spec: Invalid value: policy.PodDisruptionBudgetSpec{")
                .endsWith("}: minAvailable and maxUnavailable cannot be both set");
    }

    @Test
    void refusesNegativeCountsInAStatus() {
        String budget = budget("minAvailable: 1");

        assertThat(Admitted.refusalOfStatus(budget, budget.replace("spec:", "status: {currentHealthy: -1}, spec:")))
                .containsExactly("status.currentHealthy: Invalid value: -1: must be greater than or equal to 0");
    }

    private static String autoscaler(String spec) {
        return "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: x, namespace: default},"
                + " spec: {scaleTargetRef: {kind: Deployment, name: web}, " + spec + "}}";
    }

    private static String budget(String spec) {
        return "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: x, namespace: default}, spec: {"
                + spec + "}}";
    }
}
