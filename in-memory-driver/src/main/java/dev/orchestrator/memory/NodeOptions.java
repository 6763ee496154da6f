package dev.orchestrator.memory;

import java.util.HashMap;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;

import static java.util.Objects.requireNonNull;

/** What a simulated node has. Unless told otherwise: 64 CPUs, 256Gi of memory, 1Ti of disk and room for 250 pods. */
public final class NodeOptions {

    private final Map<String, Quantity> capacity = new HashMap<>(Map.of(
            "cpu", Quantity.of(64),
            "memory", Quantity.parse("256Gi"),
            "ephemeral-storage", Quantity.parse("1Ti"),
            "pods", Quantity.of(250)));
    private final Map<String, String> labels = new HashMap<>();

    NodeOptions() {}

    /** Sets the processors, such as {@code "8"} or {@code "500m"}. */
    public NodeOptions cpu(String quantity) {
        return resource("cpu", quantity);
    }

    /** Sets the memory, such as {@code "32Gi"}. */
    public NodeOptions memory(String quantity) {
        return resource("memory", quantity);
    }

    /** Sets how many pods the node takes. */
    public NodeOptions pods(int count) {
        return resource("pods", Integer.toString(count));
    }

    /**
     * Sets the amount of any resource, extended ones such as {@code example.com/gpu} too.
     *
     * @throws IllegalArgumentException if the amount is not a quantity
     */
    public NodeOptions resource(String name, String quantity) {
        capacity.put(requireNonNull(name, "name is null"), Quantity.parse(quantity));
        return this;
    }

    /** Puts a label on the node. */
    public NodeOptions label(String key, String value) {
        labels.put(requireNonNull(key, "key is null"), requireNonNull(value, "value is null"));
        return this;
    }

    Map<String, Quantity> capacity() {
        return Map.copyOf(capacity);
    }

    Map<String, String> labels() {
        return Map.copyOf(labels);
    }
}
