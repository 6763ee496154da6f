package dev.orchestrator.samples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuickstartIT {

    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

    @Test
    void runsToItsEnd() throws Exception {
        Quickstart.run(MODULE.resolve("src/main/resources/guestbook/guestbook.yaml"));
    }

    @Test
    void standsInTheReadmeWordForWord() throws IOException {
        String source =
                Files.readString(MODULE.resolve("src/main/java/dev/orchestrator/samples/quickstart/Quickstart.java"));
        String program = source.substring(
                source.indexOf("// README begins") + "// README begins".length(), source.indexOf("// README ends"));

        assertThat(Files.readString(MODULE.resolve("../README.md")))
                .contains(program.stripIndent().strip());
    }
}
