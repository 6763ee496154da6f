package dev.orchestrator.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.docker.EngineAddress.Tls;
import org.jspecify.annotations.Nullable;

/** Where engines may be, in the order in which the docker CLI looks. */
final class EngineCandidates {

    private static final String DEFAULT_CONTEXT = "default";

    private final Surroundings surroundings;

    EngineCandidates(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * An engine that may be there.
     *
     * @param source who says so
     * @param address where it is; null when what says so can not be understood
     * @param problem why it can not be tried; empty when it can
     */
    record Candidate(String source, @Nullable EngineAddress address, String problem) {

        static Candidate at(String source, EngineAddress address) {
            return new Candidate(source, address, "");
        }

        static Candidate broken(String source, String problem) {
            return new Candidate(source, null, problem);
        }
    }

    /** {@return what to try; only one when the user has chosen} */
    List<Candidate> all() {
        String host = surroundings.variable("DOCKER_HOST");
        if (!host.isEmpty()) {
            return List.of(ofHost(host));
        }
        String named = surroundings.variable("DOCKER_CONTEXT");
        if (!named.isEmpty() && !named.equals(DEFAULT_CONTEXT)) {
            return List.of(ofContext("DOCKER_CONTEXT " + named, named));
        }
        Path configuration = surroundings.configuration().resolve("config.json");
        if (named.isEmpty() && Files.isRegularFile(configuration)) {
            String source = "currentContext of " + configuration;
            try {
                String current = Json.read(Files.readString(configuration))
                        .path("currentContext")
                        .asText("");
                if (!current.isEmpty() && !current.equals(DEFAULT_CONTEXT)) {
                    return List.of(ofContext(source + ", " + current, current));
                }
            } catch (IOException e) {
                return List.of(Candidate.broken(source, "it can not be read: " + e.getMessage()));
            }
        }
        return usualSockets();
    }

    private Candidate ofHost(String host) {
        String folder = surroundings.variable("DOCKER_CERT_PATH");
        boolean isVerified = !surroundings.variable("DOCKER_TLS_VERIFY").isEmpty();
        boolean isSecure = isVerified || !surroundings.variable("DOCKER_TLS").isEmpty() || !folder.isEmpty();
        Path certificates = folder.isEmpty() ? surroundings.configuration() : Path.of(folder);
        return candidate("DOCKER_HOST", host, isSecure ? new Tls(certificates, isVerified) : null);
    }

    private static Candidate candidate(String source, String address, @Nullable Tls tls) {
        try {
            return Candidate.at(source, EngineAddress.of(address, tls));
        } catch (IllegalArgumentException e) {
            return Candidate.broken(source, String.valueOf(e.getMessage()));
        }
    }

    private Candidate ofContext(String source, String name) {
        String folder = digest(name);
        Path contexts = surroundings.configuration().resolve("contexts");
        Path file = contexts.resolve("meta").resolve(folder).resolve("meta.json");
        if (!Files.isRegularFile(file)) {
            return Candidate.broken(source, "there is no such context: " + file + " does not exist");
        }
        try {
            JsonNode endpoint =
                    Json.read(Files.readString(file)).path("Endpoints").path("docker");
            Path certificates = contexts.resolve("tls").resolve(folder).resolve("docker");
            boolean isVerified = !endpoint.path("SkipTLSVerify").asBoolean(false);
            Tls tls = Files.isDirectory(certificates) ? new Tls(certificates, isVerified) : null;
            return candidate(source, endpoint.path("Host").asText(""), tls);
        } catch (IOException e) {
            return Candidate.broken(source, file + " can not be read: " + e.getMessage());
        }
    }

    private static String digest(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK knows SHA-256", e);
        }
    }

    private List<Candidate> usualSockets() {
        Path root = surroundings.root();
        Path home = surroundings.home();
        var sockets = new ArrayList<Candidate>();
        add(sockets, "the usual socket", root.resolve("var/run/docker.sock"));
        String runtime = surroundings.variable("XDG_RUNTIME_DIR");
        if (!runtime.isEmpty()) {
            add(sockets, "a rootless engine", Path.of(runtime, "docker.sock"));
        }
        add(sockets, "a rootless engine", home.resolve(".docker/run/docker.sock"));
        add(sockets, "Docker Desktop", home.resolve(".docker/desktop/docker.sock"));
        add(sockets, "Colima", home.resolve(".colima/default/docker.sock"));
        add(sockets, "Colima", home.resolve(".config/colima/default/docker.sock"));
        add(sockets, "OrbStack", home.resolve(".orbstack/run/docker.sock"));
        add(sockets, "Rancher Desktop", home.resolve(".rd/docker.sock"));
        if (!runtime.isEmpty()) {
            add(sockets, "Podman", Path.of(runtime, "podman/podman.sock"));
        }
        add(sockets, "Podman", root.resolve("run/podman/podman.sock"));
        return sockets;
    }

    private static void add(List<Candidate> sockets, String source, Path socket) {
        sockets.add(
                Files.exists(socket)
                        ? Candidate.at(source, EngineAddress.ofSocket(socket))
                        : Candidate.broken(source, "unix://" + socket + " does not exist"));
    }
}
