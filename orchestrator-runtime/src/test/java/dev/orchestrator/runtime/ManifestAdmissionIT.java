package dev.orchestrator.runtime;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.memory.InMemoryDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.orchestrator.api.draft.Drafts.namespace;
import static org.assertj.core.api.Assertions.assertThat;

/** What a current API server takes of the Kubernetes examples, the orchestrator takes, and its own output again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestAdmissionIT {

    private @Nullable Orchestrator started;

    @BeforeAll
    void start() throws InterruptedException {
        started = Orchestrator.start(new InMemoryDriver());
    }

    @AfterAll
    void stop() {
        Objects.requireNonNull(started).close();
    }

    static List<Path> files() {
        try {
            var root = Path.of(Objects.requireNonNull(ManifestAdmissionIT.class.getResource("/manifests"))
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(file -> file.toString().matches(".*\\.(yaml|json)"))
                        .filter(file -> !file.endsWith("cockroachdb-statefulset.yaml"))
                        .sorted()
                        .toList();
            }
        } catch (URISyntaxException | IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void takesTheManifest(Path file) {
        Orchestrator cluster = Objects.requireNonNull(started);
        List<Resource> objects = Manifests.load(file);
        String view = "n" + Integer.toHexString(file.hashCode());
        Stream.concat(
                        Stream.of(view),
                        objects.stream().map(object -> object.metadata().namespaceOrEmpty()))
                .filter(name -> !name.isEmpty())
                .distinct()
                .filter(name -> !cluster.namespaces().named(name).exists())
                .forEach(name -> cluster.create(namespace(name)));

        List<Resource> applied = cluster.inNamespace(view).apply(objects);

        assertThat(applied).hasSameSizeAs(objects);
        assertThat(Manifests.load(Manifests.toYaml(applied))).isEqualTo(applied);
    }
}
