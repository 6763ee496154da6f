package dev.orchestrator.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.spi.NodeDescription;

/** The machine of an engine, as the only node of its driver. */
final class Node {

    private Node() {}

    /**
     * {@return the node}
     *
     * @param info what the engine says of its machine
     * @param pods how many pods it may run
     */
    static NodeDescription of(String name, JsonNode info, PodNetwork network, int pods) {
        var capacity = new HashMap<String, Quantity>();
        capacity.put("cpu", Quantity.of(info.path("NCPU").asLong()));
        capacity.put("memory", Quantity.ofBytes(info.path("MemTotal").asLong()));
        capacity.put("pods", Quantity.of(pods));
        long disk = disk(info.path("DockerRootDir").asText(""));
        if (disk > 0) {
            capacity.put("ephemeral-storage", Quantity.ofBytes(disk));
        }
        var labels = new HashMap<String, String>();
        labels.put("kubernetes.io/os", info.path("OSType").asText("linux"));
        labels.put("kubernetes.io/arch", architecture(info.path("Architecture").asText("")));
        labels.put("kubernetes.io/hostname", name);
        return new NodeDescription(
                name,
                capacity,
                Map.copyOf(labels),
                network.gateway(),
                true,
                "docker://" + info.path("ServerVersion").asText("unknown"));
    }

    // Kubernetes speaks Go's names of architectures.
    static String architecture(String machine) {
        return switch (machine) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> machine;
        };
    }

    private static long disk(String root) {
        try {
            Path folder = Path.of(root);
            return root.isEmpty() || !Files.isDirectory(folder)
                    ? 0
                    : Files.getFileStore(folder).getTotalSpace();
        } catch (IOException e) {
            // The engine's files are elsewhere, or not to be seen.
            return 0;
        }
    }

    static NodeDescription withReady(NodeDescription node, boolean isReady) {
        return new NodeDescription(
                node.name(), node.capacity(), node.labels(), node.internalIp(), isReady, node.runtimeVersion());
    }
}
