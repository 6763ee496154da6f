package dev.orchestrator.docker;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orchestrator.spi.ImagePull.Credential;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logins that {@code docker login} has left: in {@code config.json} itself, or with the credential helpers that it
 * names. Read anew for each pull, as the CLI does; what can not be read is no login.
 */
final class CliLogins {

    /** The user of a login whose password is an identity token. */
    static final String TOKEN_USER = "<token>";

    private static final Logger LOG = LoggerFactory.getLogger(CliLogins.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Surroundings surroundings;

    CliLogins(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** {@return the login for the registry of an image, if there is one} */
    Optional<Credential> find(ImageReference image) throws InterruptedException {
        JsonNode configuration = configuration();
        String host = Registries.of(image);
        String registry = Registries.isFor(Registries.HUB, image) ? Registries.HUB : host;
        JsonNode helpers = configuration.path("credHelpers");
        String helper = helpers.path(registry)
                .asText(helpers.path(host)
                        .asText(configuration.path("credsStore").asText("")));
        if (!helper.isEmpty()) {
            Optional<Credential> kept = ask(helper, registry);
            if (kept.isPresent()) {
                return kept;
            }
        }
        for (Map.Entry<String, JsonNode> login : configuration.path("auths").properties()) {
            if (Registries.isFor(login.getKey(), image)) {
                Optional<Credential> written = written(registry, login.getValue());
                if (written.isPresent()) {
                    return written;
                }
            }
        }
        return Optional.empty();
    }

    private JsonNode configuration() {
        Path file = surroundings.configuration().resolve("config.json");
        if (!Files.isRegularFile(file)) {
            return MissingNode.getInstance();
        }
        try {
            return Json.read(Files.readString(file));
        } catch (IOException e) {
            LOG.warn("the logins of {} can not be read", file, e);
            return MissingNode.getInstance();
        }
    }

    private static Optional<Credential> written(String registry, JsonNode login) {
        String token = login.path("identitytoken").asText("");
        if (!token.isEmpty()) {
            return Optional.of(new Credential(registry, TOKEN_USER, token));
        }
        try {
            String both =
                    new String(Base64.getDecoder().decode(login.path("auth").asText("")), StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            return colon <= 0
                    ? Optional.empty()
                    : Optional.of(new Credential(registry, both.substring(0, colon), both.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            LOG.warn("the login for {} is not in base 64", registry, e);
            return Optional.empty();
        }
    }

    private Optional<Credential> ask(String helper, String registry) throws InterruptedException {
        String program = "docker-credential-" + helper;
        @Nullable Process process = null;
        try {
            process = new ProcessBuilder(List.of(path(program), "get"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var registries = process.outputWriter(StandardCharsets.UTF_8)) {
                registries.write(registry);
            }
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} does not answer", program);
                return Optional.empty();
            }
            if (process.exitValue() != 0) {
                // It has none for this registry.
                return Optional.empty();
            }
            JsonNode login = Json.read(process.getInputStream());
            return Optional.of(new Credential(
                    registry,
                    login.path("Username").asText(""),
                    login.path("Secret").asText("")));
        } catch (IOException e) {
            LOG.warn("{} can not be asked for the login to {}", program, registry, e);
            return Optional.empty();
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    private String path(String program) {
        for (String folder : surroundings.variable("PATH").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, program);
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        return program;
    }
}
