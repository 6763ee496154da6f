package dev.orchestrator.runtime.kubelet.env;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.ConfigMapEnvSource;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.EnvFromSource;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.core.EnvVarSourceBuilder;
import dev.orchestrator.api.model.core.ObjectFieldSelector;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.ResourceFieldSelector;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.api.model.core.SecretBuilder;
import dev.orchestrator.api.model.core.SecretKeySelector;
import dev.orchestrator.api.model.core.ServiceBuilder;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.core.ServiceSpecBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ContainerEnvironmentTest {

    private static final PodFacts FACTS =
            new PodFacts(List.of("10.244.0.7"), "172.18.0.2", Map.of("cpu", Quantity.parse("4")));

    private final Map<ObjectKey, Resource> objects = new HashMap<>();
    private final Map<String, Path> volumes = new HashMap<>();

    private static ObjectMeta meta(String name) {
        return ObjectMetaBuilder.builder()
                .name(name)
                .namespace("shop")
                .uid("u-1")
                .labels(Map.of("app", "web"))
                .build();
    }

    private static Pod pod() {
        return PodBuilder.builder()
                .metadata(meta("web"))
                .spec(PodSpecBuilder.builder().nodeName("node-1").build())
                .build();
    }

    private Map<String, String> resolve(Container container, Map<String, String> services) throws UnresolvedException {
        var finder = new ContainerEnvironment.Objects() {
            @Override
            public <R extends Resource> Optional<R> find(ResourceType<R> type, ObjectKey key) {
                return Optional.ofNullable(objects.get(key)).map(type::cast);
            }
        };
        return new ContainerEnvironment(finder, volumes::get, pod(), FACTS, services).of(container);
    }

    private static Container container(EnvVar... variables) {
        return ContainerBuilder.builder()
                .name("app")
                .env(List.of(variables))
                .resources(new ResourceRequirements(
                        List.of(), Map.of("memory", Quantity.parse("100Mi")), Map.of("cpu", Quantity.parse("250m"))))
                .build();
    }

    private static EnvVar field(String name, String path) {
        return new EnvVar(
                name,
                null,
                EnvVarSourceBuilder.builder()
                        .fieldRef(new ObjectFieldSelector("v1", path))
                        .build());
    }

    private static EnvVar resource(String name, String resource, String divisor) {
        return new EnvVar(
                name,
                null,
                EnvVarSourceBuilder.builder()
                        .resourceFieldRef(new ResourceFieldSelector(null, Quantity.parse(divisor), resource))
                        .build());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a reference                    | at $(HOST):80   | at db:80
            an unknown name stays          | $(NOPE)         | $(NOPE)
            an escaped reference           | $$(HOST)        | $(HOST)
            a dollar sign alone            | 5$ or $x        | 5$ or $x
            an open reference              | $(HOST          | $(HOST
            two in a row                   | $(HOST)$(HOST)  | dbdb
            """)
    void expandsReferences(String scenario, String text, String expected) {
        assertThat(Expansion.expand(text, Map.of("HOST", "db"))).as(scenario).isEqualTo(expected);
    }

    @Test
    void readsThePodsOwnFacts() throws UnresolvedException {
        var variables = resolve(
                container(
                        field("NAME", "metadata.name"),
                        field("APP", "metadata.labels['app']"),
                        field("NODE", "spec.nodeName"),
                        field("IP", "status.podIP"),
                        resource("CPU", "requests.cpu", "1m"),
                        resource("LIMIT", "limits.cpu", "1"),
                        resource("MEMORY", "limits.memory", "1Mi"),
                        new EnvVar("URL", "http://$(IP)/$(NAME)", null)),
                Map.of());

        assertThat(variables)
                .containsEntry("NAME", "web")
                .containsEntry("APP", "web")
                .containsEntry("NODE", "node-1")
                .containsEntry("IP", "10.244.0.7")
                .containsEntry("CPU", "250")
                .containsEntry("LIMIT", "4")
                .containsEntry("MEMORY", "100")
                .containsEntry("URL", "http://10.244.0.7/web");
    }

    @Test
    void takesWholeConfigMapsWithAPrefixAndLetsSingleVariablesWin() throws UnresolvedException {
        var key = new ObjectKey("shop", "settings");
        objects.put(
                key,
                ConfigMapBuilder.builder()
                        .metadata(meta("settings"))
                        .data(Map.of("COLOR", "red", "SIZE", "big"))
                        .build());
        var container = ContainerBuilder.builder(container(new EnvVar("X_SIZE", "small", null)))
                .envFrom(List.of(new EnvFromSource(new ConfigMapEnvSource("settings", null), "X_", null)))
                .build();

        assertThat(resolve(container, Map.of("WEB_PORT", "tcp://10.96.0.1:80")))
                .containsEntry("X_COLOR", "red")
                .containsEntry("X_SIZE", "small")
                .containsEntry("WEB_PORT", "tcp://10.96.0.1:80");
    }

    @Test
    void saysWhichSecretOrKeyIsMissing() {
        var variable = new EnvVar(
                "PASSWORD",
                null,
                EnvVarSourceBuilder.builder()
                        .secretKeyRef(new SecretKeySelector("password", "login", null))
                        .build());

        assertThatThrownBy(() -> resolve(container(variable), Map.of())).hasMessage("secret \"login\" not found");

        objects.put(
                new ObjectKey("shop", "login"),
                SecretBuilder.builder()
                        .metadata(meta("login"))
                        .data(Map.of("user", Bytes.utf8("me")))
                        .build());
        assertThatThrownBy(() -> resolve(container(variable), Map.of()))
                .hasMessage("couldn't find key password in Secret shop/login");
    }

    @Test
    void leavesOutWhatIsOptional() throws UnresolvedException {
        var variable = new EnvVar(
                "PASSWORD",
                null,
                EnvVarSourceBuilder.builder()
                        .secretKeyRef(new SecretKeySelector("password", "login", true))
                        .build());

        assertThat(resolve(container(variable), Map.of())).isEmpty();
    }

    @Test
    void describesServicesAsLinksDo() {
        var service = ServiceBuilder.builder()
                .metadata(meta("redis-leader"))
                .spec(ServiceSpecBuilder.builder()
                        .clusterIP("10.96.0.11")
                        .ports(List.of(new ServicePort(null, "main", 0, 6379, "TCP", null)))
                        .build())
                .build();

        assertThat(ServiceVariables.of(List.of(service)))
                .containsOnly(
                        Map.entry("REDIS_LEADER_SERVICE_HOST", "10.96.0.11"),
                        Map.entry("REDIS_LEADER_SERVICE_PORT", "6379"),
                        Map.entry("REDIS_LEADER_SERVICE_PORT_MAIN", "6379"),
                        Map.entry("REDIS_LEADER_PORT", "tcp://10.96.0.11:6379"),
                        Map.entry("REDIS_LEADER_PORT_6379_TCP", "tcp://10.96.0.11:6379"),
                        Map.entry("REDIS_LEADER_PORT_6379_TCP_PROTO", "tcp"),
                        Map.entry("REDIS_LEADER_PORT_6379_TCP_PORT", "6379"),
                        Map.entry("REDIS_LEADER_PORT_6379_TCP_ADDR", "10.96.0.11"));
    }
}
