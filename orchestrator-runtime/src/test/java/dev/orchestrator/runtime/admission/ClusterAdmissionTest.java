package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ClusterAdmissionTest {

    @Test
    void fillsInWhatIsLeftOut() {
        var node = Admitted.fields(node("podCIDR: 10.0.0.0/24", "capacity: {cpu: 4}"));

        assertThat(node.get("spec")).hasToString("{podCIDR=10.0.0.0/24, podCIDRs=[10.0.0.0/24]}");
        assertThat(node.get("status")).asString().contains("allocatable={cpu=4}");
        assertThat(Admitted.fields(limits("type: Container, max: {cpu: 2}, min: {memory: 1Mi}"))
                        .get("spec"))
                .asString()
                .contains("default={cpu=2}", "defaultRequest={cpu=2, memory=1Mi}");
        assertThat(Admitted.fields(priority("x", 5))).containsEntry("preemptionPolicy", "PreemptLowerPriority");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String name, String manifest, List<String> causes) {
        assertThat(Admitted.refusal(manifest)).as(name).isEqualTo(causes);
    }

    static Stream<Arguments> refused() {
        return Stream.of(refusedNodesAndPriorities(), refusedEventsAndLeases(), refusedLimits(), refusedQuotas())
                .flatMap(each -> each);
    }

    private static Stream<Arguments> refusedNodesAndPriorities() {
        return Stream.of(
                arguments(
                        "taints",
                        node(
                                "taints: [{key: a, effect: X}, {key: b, effect: NoExecute}, {key: b, effect: NoExecute}]",
                                ""),
                        List.of(
                                "metadata.taints[0].effect: Unsupported value: \"X\": supported values: \"NoSchedule\","
                                        + " \"PreferNoSchedule\", \"NoExecute\"",
                                "metadata.taints[2]: Duplicate value: core.Taint{Effect:\"NoExecute\", Key:\"b\","
                                        + " TimeAdded:<nil>, Value:<nil>}: taints must be unique by key and effect"
                                        + " pair")),
                arguments(
                        "half a pod",
                        node("unschedulable: true", "capacity: {pods: 1500m}, allocatable: {cpu: -1}"),
                        List.of(
                                "status.capacity.pods: Invalid value: \"1500m\": must be an integer",
                                "status.allocatable.cpu: Invalid value: \"-1\": must be greater than or equal to 0")),
                arguments(
                        "two ranges of one family",
                        node("podCIDRs: [10.0.0.0/24, 10.0.1.0/24]", ""),
                        List.of("spec.podCIDRs: Invalid value: []string{\"10.0.0.0/24\", \"10.0.1.0/24\"}: may specify"
                                + " no more than one CIDR for each IP family")),
                arguments(
                        "too high a priority",
                        priority("x", 1000000001),
                        List.of("value: Forbidden: maximum allowed value of a user defined priority is 1000000000")),
                arguments(
                        "name of the system",
                        priority("system-mine", 1),
                        List.of("metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for"
                                + " system use only. error: system-mine is not a known system priority class")),
                arguments("class of the system", priority("system-node-critical", 2000001000), List.of()));
    }

    private static Stream<Arguments> refusedEventsAndLeases() {
        return Stream.of(
                arguments(
                        "event of another namespace",
                        event("involvedObject: {namespace: other}"),
                        List.of("involvedObject.namespace: Invalid value: \"other\": does not match event.namespace")),
                arguments(
                        "event of nobody",
                        event("involvedObject: {namespace: default}, eventTime: '2026-01-01T00:00:00.000000Z', action:"
                                + " a, reason: r, reportingComponent: acme.io/c"),
                        List.of("reportingInstance: Required value")),
                arguments(
                        "lease for no time",
                        "{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: x, namespace: default},"
                                + " spec: {leaseDurationSeconds: 0, leaseTransitions: -1}}",
                        List.of(
                                "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0",
                                "spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0")));
    }

    private static Stream<Arguments> refusedLimits() {
        String first = "spec.limits[0].";
        return Stream.of(
                arguments(
                        "minimum above the rest",
                        limits("type: Container, min: {cpu: 3}, max: {cpu: 2}, default: {cpu: 2}, defaultRequest: {cpu:"
                                + " 2}"),
                        List.of(
                                first + "min[cpu]: Invalid value: \"3\": min value 3 is greater than max value 2",
                                first + "defaultRequest[cpu]: Invalid value: \"2\": min value 3 is greater than default"
                                        + " request value 2",
                                first + "default[cpu]: Invalid value: \"3\": min value 3 is greater than default value"
                                        + " 2")),
                arguments(
                        "default of pods",
                        limits("type: Pod, default: {cpu: 1}"),
                        List.of(first + "default: Forbidden: may not be specified when `type` is 'Pod'")),
                arguments(
                        "impossible ratio",
                        limits("type: Pod, min: {cpu: 1}, max: {cpu: 2}, maxLimitRequestRatio: {cpu: 3}"),
                        List.of(first + "maxLimitRequestRatio[cpu]: Invalid value: \"3\": ratio 3 is greater than"
                                + " max/min = 2.000000")),
                arguments(
                        "claims without storage",
                        limits("type: PersistentVolumeClaim"),
                        List.of(first + "limits: Required value: either minimum or maximum storage value is required,"
                                + " but neither was provided")));
    }

    private static Stream<Arguments> refusedQuotas() {
        return Stream.of(
                arguments(
                        "unknown resource",
                        quota("hard: {storage: 1Gi, wheels: 4}"),
                        List.of(
                                "spec.hard[storage]: Invalid value: \"storage\": must be a standard resource for quota",
                                "spec.hard[wheels]: Invalid value: \"wheels\": must be a standard resource type or fully"
                                        + " qualified",
                                "spec.hard[wheels]: Invalid value: \"wheels\": must be a standard resource for"
                                        + " quota")),
                arguments(
                        "scopes",
                        quota("hard: {cpu: 1}, scopes: [BestEffort, NotBestEffort]"),
                        List.of(
                                "spec.scopes: Invalid value: []core.ResourceQuotaScope{\"BestEffort\","
                                        + " \"NotBestEffort\"}: unsupported scope applied to resource",
                                "spec.scopes: Invalid value: []core.ResourceQuotaScope{\"BestEffort\","
                                        + " \"NotBestEffort\"}: conflicting scopes")),
                arguments(
                        "selector",
                        quota("hard: {pods: 1}, scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator:"
                                + " In}]}"),
                        List.of("spec.scopeSelector.matchExpressions.values: Required value: must be at least one value"
                                + " when `operator` is 'In' or 'NotIn' for scope selector")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedUpdates")
    void refusesAnUpdate(String name, String old, String updated, String cause) {
        assertThat(Admitted.refusal(old, updated)).as(name).containsExactly(cause);
    }

    static Stream<Arguments> refusedUpdates() {
        return Stream.of(
                arguments(
                        "value of a priority",
                        priority("x", 1),
                        priority("x", 2),
                        "value: Forbidden: may not be changed in an update."),
                arguments(
                        "range of a node",
                        node("podCIDR: 10.0.0.0/24", ""),
                        node("podCIDR: 10.0.1.0/24", ""),
                        "spec.podCIDRs: Forbidden: node updates may not change podCIDR except from \"\" to valid"),
                arguments(
                        "provider of a node",
                        node("providerID: a", ""),
                        node("providerID: b", ""),
                        "spec.providerID: Forbidden: node updates may not change providerID except from \"\" to"
                                + " valid"),
                arguments(
                        "scopes of a quota",
                        quota("hard: {pods: 1}"),
                        quota("hard: {pods: 1}, scopes: [Terminating]"),
                        "spec.scopes: Invalid value: []core.ResourceQuotaScope{\"Terminating\"}: field is immutable"));
    }

    @Test
    void refusesBadStatuses() {
        assertThat(Admitted.refusalOfStatus(quota("hard: {pods: 1}"), quota("hard: {pods: 1}", "used: {pods: -1}")))
                .containsExactly("status.used[pods]: Invalid value: \"-1\": must be greater than or equal to 0");
    }

    private static String node(String spec, String status) {
        return "{apiVersion: v1, kind: Node, metadata: {name: one}, spec: {" + spec + "}, status: {" + status + "}}";
    }

    private static String priority(String name, long value) {
        return "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: " + name + "}, value: " + value
                + "}";
    }

    private static String event(String fields) {
        return "{apiVersion: v1, kind: Event, metadata: {name: x, namespace: default}, " + fields + "}";
    }

    private static String limits(String item) {
        return "{apiVersion: v1, kind: LimitRange, metadata: {name: x, namespace: default}, spec: {limits: [{" + item
                + "}]}}";
    }

    private static String quota(String spec) {
        return quota(spec, "");
    }

    private static String quota(String spec, String status) {
        return "{apiVersion: v1, kind: ResourceQuota, metadata: {name: x, namespace: default}, spec: {" + spec
                + "}, status: {" + status + "}}";
    }
}
