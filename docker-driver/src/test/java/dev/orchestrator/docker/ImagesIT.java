package dev.orchestrator.docker;

import java.util.ArrayList;
import java.util.List;

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Images from a registry that wants a password. */
@Tag("docker")
@Timeout(60)
class ImagesIT {

    private static TestEngine engine;
    private static TestRegistry registry;

    @BeforeAll
    static void findEngine() throws Exception {
        engine = TestEngine.require();
        registry = TestRegistry.startPrivate();
    }

    @AfterAll
    static void close() {
        if (registry != null) {
            registry.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    private static ImageDescription pull(String image, Credential... credentials) throws InterruptedException {
        return new Images(engine.engine())
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

        new Images(engine.engine())
                .pull(new ImagePull("docker", registry.name("app:1"), List.of(login("secret")), progress::add));

        assertThat(progress).anyMatch(line -> line.startsWith("1: Pulling from app"));
    }
}
