package dev.orchestrator.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.spi.ImagePull.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CliLoginsTest {

    @TempDir
    private Path folder;

    private Optional<Credential> login(String configuration, String image) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("config.json"), configuration);
        var variables = Map.of("DOCKER_CONFIG", folder.toString(), "PATH", folder.toString());
        return new CliLogins(new Surroundings(variables, folder, folder))
                .find(ImageReference.of(image).orElseThrow());
    }

    /** A helper that knows one registry, as {@code docker-credential-pass} and its like are called. */
    private void helper(String name, String registry) throws IOException {
        Path program = folder.resolve("docker-credential-" + name);
        Files.writeString(program, """
                #!/bin/sh
                [ "$1" = get ] || exit 2
                registry=$(cat)
                [ "$registry" = '%s' ] || { echo 'credentials not found in native keychain'; exit 1; }
                echo '{"ServerURL":"x","Username":"%s","Secret":"kept"}'
                """.replaceFirst("%s", registry).replaceFirst("%s", name));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void readsALoginThatIsWrittenDown() throws Exception {
        String configuration = "{\"auths\":{\"quay.io\":{\"auth\":\"dXNlcjpwYTpzcw==\"}}}";

        assertThat(login(configuration, "quay.io/app")).contains(new Credential("quay.io", "user", "pa:ss"));
        assertThat(login(configuration, "busybox")).isEmpty();
    }

    @Test
    void readsAnIdentityToken() throws Exception {
        String configuration = "{\"auths\":{\"https://index.docker.io/v1/\":{\"identitytoken\":\"abc\"}}}";

        assertThat(login(configuration, "busybox"))
                .contains(new Credential(Registries.HUB, CliLogins.TOKEN_USER, "abc"));
    }

    @Test
    void asksTheHelperOfARegistryBeforeTheOneForAll() throws Exception {
        helper("one", "quay.io");
        helper("all", Registries.HUB);
        String configuration = "{\"credsStore\":\"all\",\"credHelpers\":{\"quay.io\":\"one\"}}";

        assertThat(login(configuration, "quay.io/app")).contains(new Credential("quay.io", "one", "kept"));
        assertThat(login(configuration, "busybox")).contains(new Credential(Registries.HUB, "all", "kept"));
        assertThat(login(configuration, "registry.k8s.io/pause")).isEmpty();
    }

    @Test
    void whatCanNotBeReadOrAskedIsNoLogin() throws Exception {
        assertThat(login("{", "busybox")).isEmpty();
        assertThat(login("{\"credsStore\":\"absent\"}", "busybox")).isEmpty();
        assertThat(login("{\"auths\":{\"quay.io\":{\"auth\":\"%%\"}}}", "quay.io/app"))
                .isEmpty();
        assertThat(login("{\"auths\":{\"quay.io\":{}}}", "quay.io/app")).isEmpty();
    }
}
