package dev.orchestrator.docker;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.ImageDescription;
import dev.orchestrator.spi.ImagePull;
import dev.orchestrator.spi.ImagePull.Credential;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Images from a registry that wants a password. */
@Tag("docker")
@Timeout(300)
class ImagesIT {

    private static TestEngine engine;
    private static TestRegistry registry;

    @BeforeAll
    static void findEngine() throws Exception {
        engine = TestEngine.require();
        registry = TestRegistry.startPrivate();
    }

    @AfterAll
    static void close() throws InterruptedException {
        if (registry != null) {
            registry.close();
            engine.removeImages(registry.name(""));
        }
        if (engine != null) {
            engine.close();
        }
    }

    /** The images for somebody whose configuration of the docker CLI is in a folder, or who has none. */
    private static Images images(Map<String, String> variables) {
        var nobody = Path.of("/nonexistent");
        return new Images(engine.engine(), new CliLogins(new Surroundings(variables, nobody, nobody)));
    }

    private static ImageDescription pull(String image, Credential... credentials) throws InterruptedException {
        return images(Map.of())
                .pull(new ImagePull("docker", registry.name(image), List.of(credentials), progress -> {}));
    }

    private static Credential login(String password) {
        return new Credential(registry.name("").replace("/", ""), "user", password);
    }

    @Test
    void triesOneLoginAfterTheOther() throws InterruptedException {
        var pulled = pull("app:1", login("wrong"), login("secret"));

        assertThat(pulled.command()).containsExactly("/app");
    }

    @Test
    void showsNoPasswordToAnotherRegistry() {
        var other = new Credential("registry.example.org", "user", "secret");

        var refused = catchThrowableOfType(DriverException.class, () -> pull("app:1", other));

        assertThat(refused.reason()).isEqualTo(Reason.IMAGE_PULL_DENIED);
    }

    @Test
    void usesTheLoginsOfTheDockerCli(@TempDir Path folder) throws Exception {
        String host = registry.name("").replace("/", "");
        Files.writeString(
                folder.resolve("config.json"),
                Json.text(Map.of(
                        "auths",
                        Map.of(
                                host,
                                Map.of(
                                        "auth",
                                        Base64.getEncoder()
                                                .encodeToString("user:secret".getBytes(StandardCharsets.UTF_8)))))));

        var pulled = images(Map.of("DOCKER_CONFIG", folder.toString()))
                .pull(new ImagePull("docker", registry.name("app:1"), List.of(), progress -> {}));

        assertThat(pulled.command()).containsExactly("/app");
    }

    @Test
    void aPodPullsWithItsSecretAndSaysThatItMayNotWithout() throws Exception {
        String host = registry.name("").replace("/", "");
        String login = Json.text(Map.of("auths", Map.of(host, Map.of("username", "user", "password", "secret"))));
        try (var cluster = Orchestrator.start(new DockerDriver())) {
            cluster.apply(
                    secret("login").type("kubernetes.io/dockerconfigjson").data(".dockerconfigjson", login),
                    pod("with")
                            .restartPolicy("Never")
                            .imagePullSecret("login")
                            .container(
                                    "app", c -> c.image(registry.name("app:1")).imagePullPolicy("Always")),
                    pod("without")
                            .container(
                                    "app", c -> c.image(registry.name("app:1")).imagePullPolicy("Always")));

            cluster.pods().named("with").awaitFinished(Duration.ofMinutes(2));
            assertThat(cluster.pods().named("with").events())
                    .extracting(Event::message)
                    .anyMatch(message -> message.startsWith("Successfully pulled image"));
            cluster.pods()
                    .named("without")
                    .await(
                            "refused",
                            now -> now.status().containerStatuses().stream()
                                    .anyMatch(status -> status.state().waiting() != null
                                            && List.of("ErrImagePull", "ImagePullBackOff")
                                                    .contains(status.state()
                                                            .waiting()
                                                            .reason())),
                            Duration.ofMinutes(2));
        }
        engine.assertNothingIsLeft();
    }

    @Test
    void saysThatALoginIsRefused() {
        for (List<Credential> logins : List.of(List.<Credential>of(), List.of(login("wrong")))) {
            var refused =
                    catchThrowableOfType(DriverException.class, () -> pull("app:2", logins.toArray(Credential[]::new)));

            assertThat(refused.reason()).isEqualTo(Reason.IMAGE_PULL_DENIED);
        }
    }

    @Test
    void tellsOfItsProgress() throws InterruptedException {
        var progress = new ArrayList<String>();

        images(Map.of()).pull(new ImagePull("docker", registry.name("app:1"), List.of(login("secret")), progress::add));

        assertThat(progress).anyMatch(line -> line.startsWith("1: Pulling from app"));
    }
}
