package dev.orchestrator.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.orchestrator.docker.EngineCandidates.Candidate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class EngineCandidatesTest {

    // The digest of "colima" names the folder of that context.
    private static final String COLIMA = "f24fd3749c1368328e2b149bec149cb6795619f244c5b584e844961215dadd16";

    @TempDir
    private Path root;

    private Path home = Path.of("/");

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectories(root.resolve("home/user"));
    }

    private EngineCandidates candidates(Map<String, String> variables) {
        return new EngineCandidates(new Surroundings(variables, home, root));
    }

    private void write(String file, String content) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(requireNonNull(path.getParent()));
        Files.writeString(path, content);
    }

    @Test
    void theEnvironmentDecidesAlone() throws IOException {
        write(".docker/config.json", "{\"currentContext\":\"colima\"}");

        var all = candidates(Map.of("DOCKER_HOST", "unix:///my.sock")).all();

        assertThat(all).containsExactly(Candidate.at("DOCKER_HOST", EngineAddress.ofSocket(Path.of("/my.sock"))));
    }

    @Test
    void takesTheCertificatesFromTheEnvironment() {
        var address = requireNonNull(candidates(Map.of(
                        "DOCKER_HOST", "tcp://build:2376", "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", "/certs"))
                .all()
                .getFirst()
                .address());

        assertThat(address.host()).isEqualTo("build");
        assertThat(address.port()).isEqualTo(2376);
        assertThat(address.tls()).isEqualTo(new EngineAddress.Tls(Path.of("/certs"), true));
    }

    @Test
    void takesTheCurrentContext() throws IOException {
        write(".docker/config.json", "{\"currentContext\":\"colima\"}");
        write(
                ".docker/contexts/meta/" + COLIMA + "/meta.json",
                "{\"Name\":\"colima\",\"Endpoints\":{\"docker\":{\"Host\":\"unix:///colima.sock\"}}}");

        assertThat(candidates(Map.of()).all())
                .extracting(Candidate::address)
                .containsExactly(EngineAddress.ofSocket(Path.of("/colima.sock")));
        assertThat(candidates(Map.of("DOCKER_CONTEXT", "colima")).all())
                .extracting(Candidate::address)
                .containsExactly(EngineAddress.ofSocket(Path.of("/colima.sock")));
    }

    @Test
    void saysThatAContextIsMissing() {
        assertThat(candidates(Map.of("DOCKER_CONTEXT", "gone")).all())
                .singleElement()
                .satisfies(gone -> assertThat(gone.problem()).contains("there is no such context"));
    }

    @Test
    void saysWhatItDoesNotSpeak() {
        assertThat(candidates(Map.of("DOCKER_HOST", "ssh://build")).all())
                .singleElement()
                .satisfies(
                        ssh -> assertThat(ssh.problem()).contains("ssh://build").contains("unix://"));
    }

    @Test
    void looksAtTheUsualSockets() throws IOException {
        write(".colima/default/docker.sock", "");
        Files.createDirectories(root.resolve("var/run"));
        Files.writeString(root.resolve("var/run/docker.sock"), "");

        var all = candidates(Map.of("DOCKER_CONTEXT", "default", "XDG_RUNTIME_DIR", root + "/run/user/1000"))
                .all();

        assertThat(all)
                .filteredOn(candidate -> candidate.address() != null)
                .extracting(Candidate::source)
                .containsExactly("the usual socket", "Colima");
        assertThat(all).extracting(Candidate::source).contains("a rootless engine", "Docker Desktop", "Podman");
    }
}
