package dev.orchestrator.runtime.admission.field;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class NamesTest {

    private static final String LONG = "a".repeat(64);

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource({"names", "otherNames"})
    void tellsWhatIsWrong(String grammar, Function<String, List<String>> rule, String value, List<String> beginnings) {
        List<String> wrong = rule.apply(value);

        assertThat(wrong).as(grammar).hasSameSizeAs(beginnings);
        for (int i = 0; i < wrong.size(); i++) {
            assertThat(wrong.get(i)).startsWith(beginnings.get(i));
        }
    }

    static Stream<Arguments> names() {
        String label =
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start"
                        + " and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
        return Stream.of(
                named("label", Names::dnsLabel, "web-1"),
                named("label", Names::dnsLabel, "", label),
                named("label", Names::dnsLabel, "a.b", "must not contain dots"),
                named("label", Names::dnsLabel, LONG, "must be no more than 63 characters"),
                named("label", Names::dnsLabel, LONG + "_", "must be no more than 63 characters", label),
                named("subdomain", Names::dnsSubdomain, "a.b-c.d"),
                named("subdomain", Names::dnsSubdomain, "a..b", "a lowercase RFC 1123 subdomain"),
                named("subdomain", Names::dnsSubdomain, "-a", "a lowercase RFC 1123 subdomain"),
                named("subdomain", Names::dnsSubdomain, "a".repeat(254), "must be no more than 253 characters"),
                named("service", Names::rfc1035Label, "a1"),
                named("service", Names::rfc1035Label, "1a", "a DNS-1035 label must consist of"),
                named("service", Names::rfc1035Label, "", "a DNS-1035 label must consist of"),
                named("qualified", Names::qualifiedName, "app.kubernetes.io/Name_1"),
                named("qualified", Names::qualifiedName, "/a", "prefix part must be non-empty"),
                named(
                        "qualified",
                        Names::qualifiedName,
                        "a/",
                        "name part must be non-empty",
                        "name part must consist of"),
                named("qualified", Names::qualifiedName, "A/b", "prefix part a lowercase RFC 1123 subdomain"),
                named("qualified", Names::qualifiedName, "a/b/c", "a qualified name must consist of"),
                named("label value", Names::labelValue, ""),
                named("label value", Names::labelValue, "a b", "a valid label must be an empty string or consist of"));
    }

    static Stream<Arguments> otherNames() {
        return Stream.of(
                named("variable", Names::environmentVariable, "a.b c:1"),
                named("variable", Names::environmentVariable, "", "environment variable name must be non-empty"),
                named(
                        "variable",
                        Names::environmentVariable,
                        "a=b",
                        "a valid environment variable name must consist only"),
                named("key", Names::configMapKey, "a.b_c-d"),
                named("key", Names::configMapKey, "..", "must not be '..'"),
                named("key", Names::configMapKey, "..a", "must not start with '..'"),
                named("key", Names::configMapKey, "a/b", "a valid config key must consist of"),
                named("port", Names::portName, "http-2"),
                named(
                        "port",
                        Names::portName,
                        "-8-",
                        "must contain at least one letter (a-z)",
                        "must not begin or end"),
                named("port", Names::portName, "a--b", "must not contain consecutive hyphens"),
                named("port", Names::portName, "Http", "must contain only alpha-numeric characters (a-z, 0-9)"),
                named("port", Names::portName, "a234567890123456", "must be no more than 15 characters"),
                named("percent", Names::percent, "5%"),
                named("percent", Names::percent, "5", "a valid percent string must be a numeric string followed by"),
                named("header", Names::httpHeader, "X-A"),
                named(
                        "header",
                        Names::httpHeader,
                        "X:A",
                        "a valid HTTP header must consist of alphanumeric characters"),
                named("wildcard", Names::wildcardSubdomain, "*.a.b"),
                named(
                        "wildcard",
                        Names::wildcardSubdomain,
                        "a.b",
                        "a wildcard DNS-1123 subdomain must start with '*.'"),
                named("ip", Addresses::ip, "2001:db8::1"),
                named(
                        "ip",
                        Addresses::ip,
                        "10.0.0.256",
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"),
                named("range", Addresses::range, "10.0.0.0/8"),
                named("range", Addresses::range, "10.0.0.0/33", "must be a valid CIDR value"));
    }

    private static Arguments named(
            String grammar, Function<String, List<String>> rule, String value, String... beginnings) {
        return arguments(grammar, rule, value, List.of(beginnings));
    }

    @Test
    void writesValuesAsGoDoes() {
        assertThat(GoSyntax.literal(new LabelSelector(List.of(), Map.of("a", "z"))))
                .isEqualTo("v1.LabelSelector{MatchLabels:map[string]string{\"a\":\"z\"},"
                        + " MatchExpressions:[]v1.LabelSelectorRequirement(nil)}");
        assertThat(GoSyntax.literal(Map.of("b", "2", "a", "1")))
                .isEqualTo("map[string]string{\"a\":\"1\", \"b\":\"2\"}");
        assertThat(GoSyntax.literal(List.of("10.96.9.9"))).isEqualTo("[]string{\"10.96.9.9\"}");
        assertThat(GoSyntax.errorValue(IntOrString.of(0)))
                .isEqualTo("intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}");
        assertThat(GoSyntax.errorValue("a\"\n\u0001é\u200b")).isEqualTo("\"a\\\"\\n\\x01é\\u200b\"");
    }

    @Test
    void writesPathsAsKubernetesDoes() {
        assertThat(FieldPath.of("spec")
                        .child("containers")
                        .index(2)
                        .child("env")
                        .index(0)
                        .child("name"))
                .hasToString("spec.containers[2].env[0].name");
        assertThat(FieldPath.of("metadata").child("annotations").key("a.b/c"))
                .hasToString("metadata.annotations[a.b/c]");
    }
}
