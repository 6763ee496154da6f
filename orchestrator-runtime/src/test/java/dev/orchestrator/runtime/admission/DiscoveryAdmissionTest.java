package dev.orchestrator.runtime.admission;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class DiscoveryAdmissionTest {

    @Test
    void fillsInTheProtocolOfPorts() {
        assertThat(Admitted.fields(slice("IPv4", "10.0.0.1", "ports: [{port: 80}]")))
                .extracting("ports")
                .hasToString("[{name=, port=80, protocol=TCP}]");
        assertThat(Admitted.fields(endpoints("addresses: [{ip: 10.0.0.1}], ports: [{port: 80}]")))
                .extracting("subsets")
                .hasToString("[{addresses=[{ip=10.0.0.1}], ports=[{port=80, protocol=TCP}]}]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String name, String manifest, List<String> causes) {
        assertThat(Admitted.refusal(manifest)).as(name).isEqualTo(causes);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(
                        "unknown address type",
                        slice("IP", "10.0.0.1", "ports: []"),
                        List.of("addressType: Unsupported value: \"IP\": supported values: \"FQDN\", \"IPv4\","
                                + " \"IPv6\"")),
                arguments(
                        "address of the other family",
                        slice("IPv6", "10.0.0.1", "ports: []"),
                        List.of("endpoints[0].addresses[0]: Invalid value: \"10.0.0.1\": must be a valid IPv6"
                                + " address")),
                arguments(
                        "loopback",
                        slice("IPv4", "127.0.0.1", "ports: []"),
                        List.of("endpoints[0].addresses[0]: Invalid value: \"127.0.0.1\": may not be in the loopback"
                                + " range (127.0.0.0/8, ::1/128)")),
                arguments(
                        "host without domain",
                        slice("FQDN", "localhost", "ports: []"),
                        List.of("endpoints[0].addresses[0]: Invalid value: \"localhost\": should be a domain with at"
                                + " least two segments separated by dots")),
                arguments(
                        "two ports of one name",
                        slice("IPv4", "10.0.0.1", "ports: [{port: 1}, {port: 2}]"),
                        List.of("ports[1].name: Duplicate value: \"\"")),
                arguments(
                        "too many endpoints",
                        "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: x, namespace:"
                                + " default}, addressType: IPv4, endpoints: "
                                + Collections.nCopies(1001, "{addresses: [10.0.0.1]}") + "}",
                        List.of("endpoints: Too many: 1001: must have at most 1000 items")),
                arguments(
                        "too many ports",
                        slice("IPv4", "10.0.0.1", "ports: " + Collections.nCopies(101, "{port: 1}")),
                        List.of("ports: Too many: 101: must have at most 100 items")),
                arguments(
                        "subset without addresses",
                        endpoints("ports: [{port: 80}]"),
                        List.of("subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`")),
                arguments(
                        "nameless and bad ports",
                        endpoints("addresses: [{ip: 10.0.0.1}], ports: [{port: 0}, {name: a, port: 1, protocol: X}]"),
                        List.of(
                                "subsets[0].ports[0].name: Required value",
                                "subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
                                "subsets[0].ports[1].protocol: Unsupported value: \"X\": supported values: \"SCTP\","
                                        + " \"TCP\", \"UDP\"")),
                arguments(
                        "no address",
                        endpoints("addresses: [{ip: web}]"),
                        List.of(
                                "subsets[0].addresses[0].ip: Invalid value: \"web\": must be a valid IP address, (e.g."
                                        + " 10.9.8.7 or 2001:db8::ffff)",
                                "subsets[0].addresses[0].ip: Invalid value: \"web\": must be a valid IP address")));
    }

    @Test
    void keepsTheAddressTypeOfASlice() {
        assertThat(Admitted.refusal(slice("IPv4", "10.0.0.1", "ports: []"), slice("IPv6", "2001:db8::1", "ports: []")))
                .containsExactly("addressType: Invalid value: \"IPv6\": field is immutable");
    }

    private static String slice(String type, String address, String ports) {
        return "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: x, namespace: default},"
                + " addressType: " + type + ", endpoints: [{addresses: ['" + address + "']}], " + ports + "}";
    }

    private static String endpoints(String subset) {
        return "{apiVersion: v1, kind: Endpoints, metadata: {name: x, namespace: default}, subsets: [{" + subset
                + "}]}";
    }
}
