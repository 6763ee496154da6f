package dev.orchestrator.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.ImageDescription;
import dev.orchestrator.spi.ImagePull;
import dev.orchestrator.spi.ImagePull.Credential;
import org.jspecify.annotations.Nullable;

/** The images of an engine. */
final class Images {

    private final Engine engine;
    private final CliLogins logins;

    Images(Engine engine, CliLogins logins) {
        this.engine = engine;
        this.logins = logins;
    }

    Optional<ImageDescription> find(String reference) throws InterruptedException {
        if (!ImageReference.isAskable(reference)) {
            return Optional.empty();
        }
        return engine.find("inspecting image " + reference, "/images/" + reference + "/json")
                .map(Images::description);
    }

    private static ImageDescription description(JsonNode image) {
        JsonNode config = image.path("Config");
        String user = config.path("User").asText("");
        var env = new HashMap<String, String>();
        for (String variable : texts(config.path("Env"))) {
            int equals = variable.indexOf('=');
            env.put(
                    equals < 0 ? variable : variable.substring(0, equals),
                    equals < 0 ? "" : variable.substring(equals + 1));
        }
        return new ImageDescription(
                image.path("Id").asText(),
                image.path("Size").asLong(),
                user.isEmpty() ? null : user,
                texts(config.path("Entrypoint")),
                texts(config.path("Cmd")),
                env);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    ImageDescription pull(ImagePull pull) throws InterruptedException {
        String what = "pulling image " + pull.reference();
        ImageReference reference = ImageReference.of(pull.reference())
                .orElseThrow(() -> new DriverException(
                        Reason.INVALID_IMAGE_NAME,
                        "couldn't parse image name \"" + pull.reference() + "\": invalid reference format"));
        @Nullable DriverException denied = null;
        for (Optional<Credential> login : logins(pull, reference)) {
            try {
                pull(what, reference, login, pull.progress());
                return find(pull.reference())
                        .orElseThrow(() -> new DriverException(
                                Reason.IMAGE_PULL_FAILED, what + ": the engine does not have it now"));
            } catch (DriverException e) {
                if (e.reason() != Reason.IMAGE_PULL_DENIED) {
                    throw e;
                }
                if (denied != null) {
                    e.addSuppressed(denied);
                }
                denied = e;
            }
        }
        throw denied == null ? new DriverException(Reason.IMAGE_PULL_FAILED, what + ": nothing was tried") : denied;
    }

    /** {@return what to try: the logins for the image's registry, those of the pod first; without any, none at all} */
    private List<Optional<Credential>> logins(ImagePull pull, ImageReference image) throws InterruptedException {
        List<Optional<Credential>> tried = new ArrayList<>();
        for (Credential credential : pull.credentials()) {
            // A password is shown to the registry that it is for, and to no other.
            if (Registries.isFor(credential.registry(), image)) {
                tried.add(Optional.of(credential));
            }
        }
        logins.find(image).ifPresent(login -> tried.add(Optional.of(login)));
        return tried.isEmpty() ? List.of(Optional.empty()) : tried;
    }

    private void pull(String what, ImageReference reference, Optional<Credential> login, Consumer<String> progress)
            throws InterruptedException {
        Request.Builder request = Request.builder()
                .method(Request.Method.POST)
                .path("/v" + engine.version() + "/images/create?fromImage=" + Engine.encoded(reference.name()) + "&tag="
                        + Engine.encoded(reference.version()));
        login.ifPresent(credential -> request.putHeader("X-Registry-Auth", header(credential)));
        try (Exchange exchange = engine.open(what, request.build());
                Json.Values lines = Json.values(exchange.getBody())) {
            for (JsonNode line = lines.next(); line != null; line = lines.next()) {
                String error = line.path("errorDetail")
                        .path("message")
                        .asText(line.path("error").asText(""));
                if (!error.isEmpty()) {
                    throw new DriverException(Failures.pullReason(0, error), what + ": " + error);
                }
                progress.accept(words(line));
            }
        } catch (DriverException e) {
            if (e.getCause() instanceof DockerException refused) {
                String message = Failures.message(refused);
                throw new DriverException(
                        Failures.pullReason(refused.getHttpStatus(), message), what + ": " + message, refused);
            }
            throw e;
        } catch (IOException e) {
            throw Failures.translated(what, e);
        }
    }

    private static String words(JsonNode line) {
        var words = new StringBuilder();
        for (String part : List.of("id", "status", "progress")) {
            String text = line.path(part).asText("");
            if (!text.isEmpty()) {
                words.append(words.isEmpty() ? "" : part.equals("status") ? ": " : " ")
                        .append(text);
            }
        }
        return words.toString();
    }

    private static String header(Credential credential) {
        boolean isToken = credential.username().equals(CliLogins.TOKEN_USER);
        String login = Json.text(
                isToken
                        ? Map.of("identitytoken", credential.password(), "serveraddress", credential.registry())
                        : Map.of(
                                "username", credential.username(),
                                "password", credential.password(),
                                "serveraddress", credential.registry()));
        return Base64.getUrlEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }
}
