package dev.orchestrator.runtime.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ManifestsTest {

    /** Whose text a current API server refuses, and with what. */
    private static final Map<String, String> REFUSED = Map.of(
            "cockroachdb/cockroachdb-statefulset.yaml",
            "resource mapping not found for name: \"cockroachdb-budget\" namespace: \"\" from \"FILE\": no matches for"
                    + " kind \"PodDisruptionBudget\" in version \"policy/v1beta1\"\nensure CRDs are installed first");

    private static Path root() {
        try {
            return Path.of(requireNonNull(ManifestsTest.class.getResource("/manifests"), "no manifests")
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<String> files() {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root().relativize(file).toString())
                    .filter(file -> !file.endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<String> acceptedFiles() {
        return files().stream().filter(file -> !REFUSED.containsKey(file)).toList();
    }

    static List<String> refusedFiles() {
        return files().stream().filter(REFUSED::containsKey).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("acceptedFiles")
    void losesNothingOfAManifest(String file) throws IOException {
        Path path = root().resolve(file);
        String text = Files.readString(path);

        List<Resource> objects = Manifests.load(path);

        var source = (file.endsWith(".json") ? JsonText.parse(text) : YamlText.parse(text))
                .stream().map(Document::root).toList();
        assertThat(objects).hasSameSizeAs(source);
        for (int i = 0; i < source.size(); i++) {
            assertCovers(Codec.toTree(objects.get(i)), source.get(i), file);
        }
        assertThat(Manifests.load(Manifests.toYaml(objects))).isEqualTo(objects);
        assertThat(Manifests.load(Manifests.toJson(objects))).isEqualTo(objects);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedFiles")
    void refusesWhatAnApiServerRefuses(String file) {
        Path path = root().resolve(file);

        assertThatThrownBy(() -> Manifests.load(path))
                .isInstanceOf(ApiException.class)
                .hasMessage(requireNonNull(REFUSED.get(file), file).replace("FILE", path.toString()));
    }

    /** Fails unless a tree holds all that another one does; amounts may be written differently. */
    private static void assertCovers(Object tree, Object expected, String path) {
        if (expected instanceof Map<?, ?> map) {
            assertThat(tree).as(path).isInstanceOf(Map.class);
            map.forEach((key, value) -> {
                Object found = ((Map<?, ?>) tree).get(key);
                boolean empty = value == JsonNull.NULL || value.equals("") || value.equals(List.of());
                if (found == null && !empty) {
                    throw new AssertionError(path + "." + key + " is lost: " + value);
                }
                if (found != null) {
                    assertCovers(found, value, path + "." + key);
                }
            });
        } else if (expected instanceof List<?> list) {
            assertThat(((List<?>) tree).size()).as(path).isEqualTo(list.size());
            for (int i = 0; i < list.size(); i++) {
                assertCovers(((List<?>) tree).get(i), list.get(i), path + "[" + i + "]");
            }
        } else if (path.matches(".*\\.(requests|limits)\\..*")) {
            assertThat(Quantity.parse(tree.toString())).as(path).isEqualTo(Quantity.parse(expected.toString()));
        } else {
            assertThat(tree).as(path).isEqualTo(expected);
        }
    }

    @Test
    void loadsDirectoriesInOrder(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("b"));
        Files.writeString(
                directory.resolve("b/two.json"),
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":" + "{\"name\":\"two\"}}");
        Files.writeString(directory.resolve("a.yml"), "apiVersion: v1\nkind: Pod\nmetadata: {name: one}\n");
        Files.writeString(directory.resolve("notes.txt"), "not a manifest");

        assertThat(Manifests.load(directory))
                .extracting(object -> object.metadata().name())
                .containsExactly("one", "two");
    }

    @Test
    void loadsTheItemsOfLists() {
        String yaml = """
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
                - apiVersion: v1
                  kind: PodList
                  items:
                  - metadata: {name: b}
                """;

        assertThat(Manifests.load(yaml))
                .extracting(object ->
                        object.resourceType().kind() + "/" + object.key().name())
                .containsExactly("ConfigMap/a", "Pod/b");
    }

    @Test
    void namesEveryFaultOfAText() {
        String yaml = "{apiVersion: v1, kind: Pod, sped: {}}\n---\n{apiVersion: v1, kind: Pod, metadata: {foo: 1}}\n";

        assertThatThrownBy(() -> Manifests.load(yaml))
                .hasMessage("error when creating \"string\": Pod in version \"v1\" cannot be handled as a Pod: strict"
                        + " decoding error: unknown field \"sped\"\nerror when creating \"string\": Pod in version"
                        + " \"v1\" cannot be handled as a Pod: strict decoding error: unknown field"
                        + " \"metadata.foo\"");
    }

    @Test
    void warnsOfUnknownFieldsWhenAskedTo() {
        var warnings = new ArrayList<String>();

        var objects = Manifests.warning(warnings::add).read("{apiVersion: v1, kind: Pod, spec: {foo: 1}}");

        assertThat(objects).hasSize(1);
        assertThat(warnings).containsExactly("string: unknown field \"spec.foo\"");
    }

    @Test
    void loadsStreams() {
        var stream = new ByteArrayInputStream(
                "{apiVersion: v1, kind: Pod, metadata: {name: a}}".getBytes(StandardCharsets.UTF_8));

        assertThat(Manifests.load(stream)).hasSize(1);
    }

    @Test
    void saysWhereATextIsNotYaml() {
        assertThatThrownBy(() -> Manifests.load("a: b: c"))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("error parsing string: error converting YAML to JSON: yaml: line 1: ");
    }

    @Test
    void writesAListOfSeveralAsJson() {
        String yaml = """
                {apiVersion: v1, kind: Pod, metadata: {name: a}}
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: b}}
                """;

        Object written = JsonText.parse(Manifests.toJson(Manifests.load(yaml)))
                .getFirst()
                .root();

        assertThat(Codec.text(written, "kind")).isEqualTo("List");
    }
}
