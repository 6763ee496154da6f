package dev.orchestrator.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProgramTest {

    private static java.util.Optional<Program> on(String architecture, String system) {
        return Program.of(new ObjectMapper().valueToTree(Map.of("Architecture", architecture, "OSType", system)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"x86_64, amd64", "aarch64, arm64"})
    void thereIsOneForTheseMachines(String machine, String architecture) {
        Program program = on(machine, "linux").orElseThrow();

        assertThat(program.architecture()).isEqualTo(architecture);
        assertThat(program.image()).matches("orchestrator\\.dev/gateway:[0-9a-f]{12}");
    }

    @Test
    void thereIsNoneForOthers() {
        assertThat(on("riscv64", "linux")).isEmpty();
        assertThat(on("x86_64", "windows")).isEmpty();
    }

    @Test
    void makesTheSameImageEachTime() {
        Program program = on("x86_64", "linux").orElseThrow();

        assertThat(program.archive()).isEqualTo(program.archive());
        assertThat(program.archive().length % 512).isZero();
    }

    @Test
    void wasBuiltFromTheSourcesBesideIt() throws Exception {
        var sources = new ByteArrayOutputStream();
        try (var files = Files.list(Path.of("src/main/native"))) {
            for (Path file : files.sorted().toList()) {
                sources.writeBytes(Files.readAllBytes(file));
            }
        }
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sources.toByteArray()));

        assertThat(digest).as("run script/gateway").isEqualTo(recorded());
    }

    private static String recorded() throws IOException {
        return Files.readString(
                        Path.of("src/main/resources/dev/orchestrator/docker/gateway.sha256"), StandardCharsets.UTF_8)
                .strip();
    }
}
