package dev.orchestrator.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import dev.orchestrator.api.SystemTime;
import dev.orchestrator.spi.DriverException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

/** The engine of this machine, for tests: asked directly, beside the driver. */
final class TestEngine implements AutoCloseable {

    static final String BUSYBOX = "busybox:1.37";

    private final SystemTime timers = new SystemTime();
    private final Engine engine;

    private TestEngine() throws InterruptedException {
        engine = new EngineFinder(timers, java.time.Duration.ofSeconds(30))
                .first(DockerDriver.builder().settings().candidates());
    }

    /** {@return the engine; without one the test is skipped, or fails where DOCKER_TESTS is {@code required}} */
    static TestEngine require() throws InterruptedException {
        try {
            var found = new TestEngine();
            for (String image : List.of(BUSYBOX, "registry.k8s.io/pause:3.10")) {
                if (new Images(found.engine, new CliLogins(Surroundings.ofThisProcess()))
                        .find(image)
                        .isEmpty()) {
                    missing("image " + image + " is not present, script/test-images makes it", null);
                }
            }
            return found;
        } catch (DriverException e) {
            missing("no Docker engine", e);
            throw e;
        }
    }

    private static void missing(String what, @Nullable Exception cause) {
        if ("required".equals(System.getenv("DOCKER_TESTS"))) {
            fail(what + ", and the environment variable DOCKER_TESTS says that it must be", cause);
        }
        Assumptions.abort(what + (cause == null ? "" : ": " + cause.getMessage()));
    }

    Engine engine() {
        return engine;
    }

    <T> T call(Function<DockerClient, T> call) throws InterruptedException {
        return engine.call("testing", call);
    }

    List<Container> containers() throws InterruptedException {
        return call(docker -> docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(Labels.INSTANCE))
                .exec());
    }

    List<Network> networks() throws InterruptedException {
        return call(docker -> docker.listNetworksCmd()
                .withFilter("label", List.of(Labels.INSTANCE))
                .exec());
    }

    /** Removes the images whose names begin so: those of a registry that a test has had. */
    void removeImages(String prefix) throws InterruptedException {
        for (JsonNode image : engine.get("listing images", "/images/json")) {
            for (JsonNode tag : image.path("RepoTags")) {
                if (tag.asText().startsWith(prefix)) {
                    engine.attempt(
                            "removing an image",
                            () -> engine.ask("DELETE", "/images/" + tag.asText() + "?force=true", ""));
                }
            }
        }
    }

    /** Fails if anything that a driver of this process has made is left, on the engine or in the folder for files. */
    void assertNothingIsLeft() throws InterruptedException, IOException {
        String self = Owner.ofThisProcess().text();
        assertThat(containers())
                .filteredOn(container -> self.equals(container.getLabels().get(Labels.OWNER)))
                .extracting(Container::getNames)
                .isEmpty();
        assertThat(networks())
                .filteredOn(network -> self.equals(network.getLabels().get(Labels.OWNER)))
                .extracting(Network::getName)
                .isEmpty();
        try (var folders = Files.newDirectoryStream(
                Path.of(System.getProperty("java.io.tmpdir")), TerminationMessages.PREFIX + "*")) {
            for (Path folder : folders) {
                assertThat(owner(folder)).as("owner of %s", folder).isNotEqualTo(self);
            }
        }
    }

    /** {@return who owns a folder; empty for one that another process is making or removing just now} */
    private static String owner(Path folder) throws IOException {
        try {
            return Files.readString(folder.resolve("owner"));
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    @Override
    public void close() {
        engine.close();
        timers.close();
    }
}
