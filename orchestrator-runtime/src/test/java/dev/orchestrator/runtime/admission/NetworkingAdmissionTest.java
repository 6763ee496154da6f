package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class NetworkingAdmissionTest {

    private static final String BACKEND = "backend: {service: {name: web, port: {number: 80}}}";

    @Test
    void fillsInWhatANetworkPolicyLeavesOut() {
        assertThat(Admitted.fields(policy("egress: [{ports: [{port: 53}]}]")))
                .extracting("spec")
                .hasToString("{egress=[{ports=[{port=53, protocol=TCP}]}], podSelector={},"
                        + " policyTypes=[Ingress, Egress]}");
        assertThat(Admitted.fields(ingressClass("controller: acme.io/x, parameters: {kind: K, name: one}")))
                .extracting("spec")
                .hasToString("{controller=acme.io/x, parameters={kind=K, name=one, scope=Cluster}}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void accepts(String name, String manifest) {
        assertThat(Admitted.refusal(manifest)).as(name).isEmpty();
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments("default backend", ingress("defaultBackend: {service: {name: web, port: {name: http}}}")),
                arguments("wildcard host", rule("host: '*.example.com', " + paths("path: /a, pathType: Prefix"))),
                arguments("any path of an implementation", rule(paths("pathType: ImplementationSpecific"))),
                arguments(
                        "strict subset",
                        policy("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8," + " except: [10.1.0.0/16]}}]}]")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String name, String manifest, List<String> causes) {
        assertThat(Admitted.refusal(manifest)).as(name).isEqualTo(causes);
    }

    static Stream<Arguments> refused() {
        return Stream.concat(refusedIngresses(), refusedOthers());
    }

    private static Stream<Arguments> refusedIngresses() {
        String path = "spec.rules[0].http.paths[0]";
        return Stream.of(
                arguments(
                        "empty ingress",
                        ingress("tls: []"),
                        List.of("spec: Invalid value: []networking.IngressRule(nil): either `defaultBackend` or `rules`"
                                + " must be specified")),
                arguments(
                        "no path type",
                        rule(paths("path: /")),
                        List.of(path + ".pathType: Required value: pathType must be specified")),
                arguments(
                        "unknown path type",
                        rule(paths("path: /, pathType: Regex")),
                        List.of(path + ".pathType: Unsupported value: \"Regex\": supported values: \"Exact\","
                                + " \"ImplementationSpecific\", \"Prefix\"")),
                arguments(
                        "relative path that climbs",
                        rule(paths("path: a//b/.., pathType: Exact")),
                        List.of(
                                path + ".path: Invalid value: \"a//b/..\": must be an absolute path",
                                path + ".path: Invalid value: \"a//b/..\": must not contain '//'",
                                path + ".path: Invalid value: \"a//b/..\": cannot end with '/..'")),
                arguments(
                        "address as host",
                        rule("host: 10.0.0.1, " + paths("path: /, pathType: Exact")),
                        List.of("spec.rules[0].host: Invalid value: \"10.0.0.1\": must be a DNS name, not an IP"
                                + " address")),
                arguments("no paths", rule("http: {paths: []}"), List.of("spec.rules[0].http.paths: Required value")),
                arguments(
                        "backend without port",
                        ingress("defaultBackend: {service: {name: ''}}"),
                        List.of(
                                "spec.defaultBackend.service.name: Required value",
                                "spec.defaultBackend: Required value: port name or number is required")),
                arguments(
                        "no backend",
                        ingress("defaultBackend: {}"),
                        List.of("spec.defaultBackend: Invalid value: \"\": resource or service backend is required")),
                arguments(
                        "two backends",
                        ingress(
                                "defaultBackend: {resource: {kind: K, name: one}, service: {name: a, port: {number: 1}}}"),
                        List.of("spec.defaultBackend: Invalid value: \"\": cannot set both resource and service"
                                + " backends")),
                arguments(
                        "two ports",
                        ingress("defaultBackend: {service: {name: a, port: {number: 1, name: b}}}"),
                        List.of("spec.defaultBackend: Invalid value: \"\": cannot set both port name & port number")));
    }

    private static Stream<Arguments> refusedOthers() {
        String port = "spec.ingress[0].ports[0]";
        String peer = "spec.ingress[0].from[0]";
        return Stream.of(
                arguments(
                        "controller without domain",
                        ingressClass("controller: nginx"),
                        List.of("spec.controller: Invalid value: \"nginx\": must be a domain-prefixed path (such as"
                                + " \"acme.io/foo\")")),
                arguments(
                        "parameters in no namespace",
                        ingressClass("controller: a.io/b, parameters: {kind: K, name: one, scope: Namespace}"),
                        List.of("spec.parameters.namespace: Required value: `parameters.scope` is set to"
                                + " 'Namespace'")),
                arguments(
                        "end before port",
                        policy("ingress: [{ports: [{port: 80, endPort: 79, protocol: HTTP}]}]"),
                        List.of(
                                port + ".protocol: Unsupported value: \"HTTP\": supported values: \"TCP\", \"UDP\","
                                        + " \"SCTP\"",
                                port + ".endPort: Invalid value: 79: must be greater than or equal to `port`")),
                arguments(
                        "end of a named port",
                        policy("ingress: [{ports: [{port: http, endPort: 80}]}]"),
                        List.of(port + ".endPort: Invalid value: 80: may not be specified when `port` is"
                                + " non-numeric")),
                arguments(
                        "end without port",
                        policy("ingress: [{ports: [{endPort: 80}]}]"),
                        List.of(port + ".endPort: Invalid value: 80: may not be specified when `port` is not"
                                + " specified")),
                arguments(
                        "empty peer",
                        policy("ingress: [{from: [{}]}]"),
                        List.of(peer + ": Required value: must specify a peer")),
                arguments(
                        "range and selector",
                        policy("ingress: [{from: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}]"),
                        List.of(peer + ": Forbidden: may not specify both ipBlock and another peer")),
                arguments(
                        "exception outside",
                        policy(
                                "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/16, except: [10.1.0.0/24, 10.0.0.0/16]}}]}]"),
                        List.of(
                                peer + ".ipBlock.except[0]: Invalid value: \"10.1.0.0/24\": must be a strict subset of"
                                        + " `cidr`",
                                peer + ".ipBlock.except[1]: Invalid value: \"10.0.0.0/16\": must be a strict subset of"
                                        + " `cidr`")));
    }

    @Test
    void keepsTheControllerOfAClass() {
        assertThat(Admitted.refusal(ingressClass("controller: a.io/b"), ingressClass("controller: a.io/c")))
                .containsExactly("spec.controller: Invalid value: \"a.io/c\": field is immutable");
    }

    private static String ingress(String spec) {
        return "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: x, namespace: default}, spec: {"
                + spec + "}}";
    }

    private static String rule(String rule) {
        return ingress("rules: [{" + rule + "}]");
    }

    private static String paths(String path) {
        return "http: {paths: [{" + path + ", " + BACKEND + "}]}";
    }

    private static String ingressClass(String spec) {
        return "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: x}, spec: {" + spec + "}}";
    }

    private static String policy(String spec) {
        return "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: x, namespace: default},"
                + " spec: {podSelector: {}, " + spec + "}}";
    }
}
