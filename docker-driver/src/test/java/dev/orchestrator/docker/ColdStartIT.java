package dev.orchestrator.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.orchestrator.api.Orchestrator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What makes the first answer of an engine slow is what has to be loaded for it. */
@Tag("docker")
@Timeout(120)
class ColdStartIT {

    private static TestEngine engine;

    @BeforeAll
    static void findEngine() throws Exception {
        engine = TestEngine.require();
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    /** Starts an orchestrator on an engine, and closes it. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            Orchestrator.start(new DockerDriver()).close();
        }
    }

    @Test
    void startsAndClosesWithoutTheCommandsOfDockerJavaAndTheMapperOfJackson(@TempDir Path folder) throws Exception {
        Path loaded = folder.resolve("classes");
        try (OtherJvm jvm = OtherJvm.start(List.of("-Xlog:class+load:file=" + loaded), Program.class)) {
            assertThat(jvm.await()).isZero();
        }

        assertThat(Files.readString(loaded))
                .contains(EngineHttp.class.getName())
                .doesNotContain("com.github.dockerjava.core.DockerClientImpl")
                .doesNotContain("com.fasterxml.jackson.databind.ObjectMapper");
    }
}
