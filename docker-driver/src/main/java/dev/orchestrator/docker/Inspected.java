package dev.orchestrator.docker;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A container as the engine describes it. Read from the engine's own words: docker-java's class leaves fields out, and
 * costs a tenth of a second before its first use.
 *
 * @param json the engine's words
 * @param startError why it could not be started, where the engine forgets that; else empty
 */
record Inspected(JsonNode json, String startError) {

    /** Reads one container. {@return empty if there is none} */
    static Optional<Inspected> find(Engine engine, String idOrName) throws InterruptedException {
        return engine.find("inspecting container " + idOrName, "/containers/" + idOrName + "/json")
                .map(json ->
                        new Inspected(json, engine.unstartable(json.path("Id").asText())));
    }

    String id() {
        return json.path("Id").asText();
    }

    /** {@return the value of a label; empty if it has none} */
    String label(String name) {
        return json.path("Config").path("Labels").path(name).asText("");
    }

    boolean isOf(String instance, String kind) {
        return label(Labels.INSTANCE).equals(instance) && label(Labels.KIND).equals(kind);
    }

    int attempt() {
        String attempt = label(Labels.ATTEMPT);
        return attempt.isEmpty() ? 0 : Integer.parseInt(attempt);
    }

    boolean isRunning() {
        return state().path("Running").asBoolean();
    }

    boolean isPaused() {
        return state().path("Paused").asBoolean();
    }

    /** {@return whether it was never started} */
    boolean isNew() {
        return state().path("Status").asText().equals("created") && error().isEmpty();
    }

    /** {@return what the engine said when it could not be started; empty if it could} */
    String error() {
        String error = state().path("Error").asText("");
        return error.isEmpty() ? startError : error;
    }

    int exitCode() {
        return state().path("ExitCode").asInt();
    }

    boolean isOutOfMemory() {
        return state().path("OOMKilled").asBoolean();
    }

    Instant createdAt() {
        return Instant.parse(json.path("Created").asText());
    }

    @Nullable
    Instant startedAt() {
        return time("StartedAt");
    }

    @Nullable
    Instant finishedAt() {
        return time("FinishedAt");
    }

    // The engine writes the year 1 for never.
    private @Nullable Instant time(String field) {
        String text = state().path(field).asText("");
        return text.isEmpty() || text.startsWith("0001-") ? null : Instant.parse(text);
    }

    private JsonNode state() {
        return json.path("State");
    }

    String image() {
        String named = label(Labels.IMAGE);
        return named.isEmpty() ? json.path("Config").path("Image").asText() : named;
    }

    String imageId() {
        return json.path("Image").asText();
    }

    /** {@return the signal that asks its process to end} */
    String stopSignal() {
        String signal = json.path("Config").path("StopSignal").asText("");
        return signal.isEmpty() ? "SIGTERM" : signal;
    }

    boolean hasTerminal() {
        return json.path("Config").path("Tty").asBoolean();
    }

    /** {@return its address in a network; empty when it has none} */
    List<String> ips(String network) {
        String ip = json.path("NetworkSettings")
                .path("Networks")
                .path(network)
                .path("IPAddress")
                .asText("");
        return ip.isEmpty() || !isRunning() ? List.of() : List.of(ip);
    }

    /** {@return where its ports are published} */
    Map<PodPort, InetSocketAddress> published() {
        var published = new HashMap<PodPort, InetSocketAddress>();
        json.path("NetworkSettings").path("Ports").properties().forEach(port -> {
            JsonNode binding = port.getValue().path(0);
            String[] parts = port.getKey().split("/", -1);
            if (!binding.isMissingNode() && parts.length == 2 && !parts[1].equals("sctp")) {
                var protocol = parts[1].equals("udp") ? TransportProtocol.UDP : TransportProtocol.TCP;
                published.put(
                        new PodPort(Integer.parseInt(parts[0]), protocol),
                        new InetSocketAddress(
                                binding.path("HostIp").asText(),
                                binding.path("HostPort").asInt()));
            }
        });
        return published;
    }

    /**
     * A port inside a pod.
     *
     * @param number its number
     * @param protocol its protocol
     */
    record PodPort(int number, TransportProtocol protocol) {}
}
