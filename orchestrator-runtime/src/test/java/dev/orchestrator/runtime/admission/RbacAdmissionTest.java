package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class RbacAdmissionTest {

    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String UNKNOWN_GROUP =
            "apiGroup: Unsupported value: \"x\": supported values: \"" + GROUP + "\"";

    @Test
    void fillsInTheGroupsOfABinding() {
        assertThat(Admitted.fields(binding("Role", "Role", "{kind: User, name: u}, {kind: ServiceAccount, name: s}")))
                .containsEntry("roleRef", Map.of("apiGroup", GROUP, "kind", "Role", "name", "r"))
                .extracting("subjects")
                .hasToString("[{apiGroup=" + GROUP + ", kind=User, name=u}, {kind=ServiceAccount, name=s}]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String name, String manifest, List<String> causes) {
        assertThat(Admitted.refusal(manifest)).as(name).isEqualTo(causes);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(
                        "rule of nothing",
                        role("Role", "{}"),
                        List.of(
                                "rules[0].verbs: Required value: verbs must contain at least one value",
                                "rules[0].apiGroups: Required value: resource rules must supply at least one api group",
                                "rules[0].resources: Required value: resource rules must supply at least one"
                                        + " resource")),
                arguments(
                        "path in a namespace",
                        role("Role", "{verbs: [get], nonResourceURLs: [/x]}"),
                        List.of("rules[0].nonResourceURLs: Invalid value: []string{\"/x\"}: namespaced rules cannot"
                                + " apply to non-resource URLs")),
                arguments(
                        "paths and resources",
                        role("ClusterRole", "{verbs: [get], nonResourceURLs: [/x], resources: [pods]}"),
                        List.of("rules[0].nonResourceURLs: Invalid value: []string{\"/x\"}: rules cannot apply to both"
                                + " regular resources and non-resource URLs")),
                arguments(
                        "name that is no path segment",
                        role("Role", "{verbs: [get], apiGroups: [''], resources: [pods]}")
                                .replace("name: x", "name: a/b"),
                        List.of("metadata.name: Invalid value: \"a/b\": may not contain '/'")),
                arguments(
                        "unknown role",
                        binding("Role", "Rule", "{kind: Robot, name: ''}"),
                        List.of(
                                "roleRef.kind: Unsupported value: \"Rule\": supported values: \"Role\","
                                        + " \"ClusterRole\"",
                                "subjects[0].name: Required value",
                                "subjects[0].kind: Unsupported value: \"Robot\": supported values: \"ServiceAccount\","
                                        + " \"User\", \"Group\"")),
                arguments(
                        "role bound in the cluster",
                        binding("ClusterRole", "Role", "{kind: ServiceAccount, name: s}"),
                        List.of(
                                "roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\"",
                                "subjects[0].namespace: Required value")),
                arguments(
                        "unknown group",
                        binding("Role", "Role", "{kind: User, name: u, apiGroup: x}"),
                        List.of("subjects[0]." + UNKNOWN_GROUP)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Role", "ClusterRole"})
    void keepsTheRoleOfABinding(String kind) {
        String old = binding(kind, "ClusterRole", "");

        assertThat(Admitted.refusal(old, old.replace("name: r}", "name: other}")))
                .containsExactly("roleRef: Invalid value: rbac.RoleRef{APIGroup:\"" + GROUP
                        + "\", Kind:\"ClusterRole\", Name:\"other\"}: cannot change roleRef");
    }

    private static String role(String kind, String rule) {
        return "{apiVersion: rbac.authorization.k8s.io/v1, kind: " + kind + ", metadata: {" + namespace(kind)
                + "name: x}, rules: [" + rule + "]}";
    }

    private static String binding(String kind, String role, String subjects) {
        return "{apiVersion: rbac.authorization.k8s.io/v1, kind: " + kind + "Binding, metadata: {" + namespace(kind)
                + "name: x}, roleRef: {kind: " + role + ", name: r}, subjects: [" + subjects + "]}";
    }

    private static String namespace(String kind) {
        return kind.equals("Role") ? "namespace: default, " : "";
    }
}
