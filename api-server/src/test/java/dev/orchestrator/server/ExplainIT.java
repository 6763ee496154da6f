package dev.orchestrator.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.codec.JsonText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The documents of OpenAPI hold together, and the real kubectl explains from them what {@code explain} explains. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainIT {

    private ServerUnderTest server;
    private Path home;

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        server = ServerUnderTest.start();
        home = folder;
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "explain {0}")
    @ValueSource(
            strings = {
                "pods",
                "deploy.spec.strategy",
                "pod.spec.containers",
                "pod.spec.containers.resources.limits",
                "sts.spec.volumeClaimTemplates.spec",
                "hpa.spec.metrics",
                "svc.spec.selector",
                "secret.data",
                "cj.spec.schedule",
                "node.status.conditions.lastHeartbeatTime",
                "controllerrevision"
            })
    void kubectlSaysTheSame(String path) throws IOException, InterruptedException {
        String kubectl = kubectl().run("explain", path).ok();

        assertThat(lines(server.cluster().explain(path))).isEqualTo(lines(kubectl));
        assertThat(kubectl).doesNotContain("<empty>", "<no description>");
    }

    @ParameterizedTest(name = "explain {0} --recursive")
    @ValueSource(strings = {"deployment.spec", "ingress", "pod.spec.volumes"})
    void kubectlSaysTheSameOfAllFields(String path) throws IOException, InterruptedException {
        String kubectl = kubectl().run("explain", path, "--recursive").ok();

        assertThat(lines(server.cluster().explainRecursively(path))).isEqualTo(lines(kubectl));
    }

    @Test
    void kubectlExplainsEveryKind() throws IOException, InterruptedException {
        for (ResourceType<?> type : ResourceTypes.stored()) {
            String text = kubectl()
                    .run("explain", type.plural(), "--api-version=" + type.apiVersion())
                    .ok();

            assertThat(text).contains("KIND:       " + type.kind() + "\n").doesNotContain("<empty>");
        }
    }

    @Test
    void kubectlRefusesFieldsThatAreNotThere() throws IOException, InterruptedException {
        assertThat(kubectl().run("explain", "pods.spec.colour").err()).contains("field \"colour\" does not exist");
    }

    static Stream<String> documents() {
        Stream<String> third = ResourceTypes.stored().stream()
                .map(type -> "/openapi/v3/" + (type.group().isEmpty() ? "api/" : "apis/") + type.apiVersion())
                .distinct();
        return Stream.concat(third, Stream.of("/openapi/v2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void everyReferenceLeadsSomewhere(String path) throws InterruptedException {
        Map<?, ?> document = (Map<?, ?>)
                JsonText.parse(server.getAs(path, "application/json").body())
                        .getFirst()
                        .root();
        var pointers = new TreeSet<String>();
        collect(document, pointers);

        assertThat(pointers)
                .isNotEmpty()
                .allSatisfy(
                        pointer -> assertThat(at(document, pointer)).as(pointer).isInstanceOf(Map.class));
    }

    @Test
    void mergeKeysAreThoseOfStrategicPatches() throws InterruptedException {
        Map<?, ?> core =
                (Map<?, ?>) JsonText.parse(server.get("/openapi/v3/api/v1").body())
                        .getFirst()
                        .root();
        String spec = "#/components/schemas/io.k8s.api.core.v1.PodSpec/";
        String containers = spec + "properties/containers/x-kubernetes-patch-";

        assertThat(at(core, containers + "merge-key")).isEqualTo("name");
        assertThat(at(core, containers + "strategy")).isEqualTo("merge");
        assertThat(at(core, spec + "required")).isEqualTo(List.of("containers"));
    }

    private Kubectl kubectl() throws IOException {
        return Kubectl.on(server.api(), home);
    }

    // kubectl ends some lines with blanks and leaves more lines empty.
    private static List<String> lines(String text) {
        return text.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static void collect(Object tree, Collection<String> pointers) {
        if (tree instanceof Map<?, ?> map) {
            if (map.get("$ref") instanceof String pointer) {
                pointers.add(pointer);
            }
            map.values().forEach(value -> collect(value, pointers));
        } else if (tree instanceof List<?> list) {
            list.forEach(value -> collect(value, pointers));
        }
    }

    private static Object at(Map<?, ?> document, String pointer) {
        Object value = document;
        for (String step : pointer.substring(2).split("/", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return value == null ? "missing" : value;
    }
}
