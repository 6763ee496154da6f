package dev.orchestrator.runtime.scheduler.framework;

import java.util.HashMap;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;

/**
 * Amounts of resources as plain numbers, so that a comparison costs nanoseconds.
 *
 * @param milliCpu thousandths of a CPU
 * @param memory bytes of memory
 * @param ephemeralStorage bytes of local storage
 * @param extended everything else by name: devices and huge pages
 */
public record ResourceAmounts(long milliCpu, long memory, long ephemeralStorage, Map<String, Long> extended) {

    /** Nothing of anything. */
    public static final ResourceAmounts NONE = new ResourceAmounts(0, 0, 0, Map.of());

    /** The name of processor time. */
    public static final String CPU = "cpu";

    /** The name of main memory. */
    public static final String MEMORY = "memory";

    /** The name of local storage. */
    public static final String EPHEMERAL_STORAGE = "ephemeral-storage";

    /** The name of the count of pods; never an amount of its own. */
    public static final String PODS = "pods";

    /** Copies the map. */
    public ResourceAmounts {
        extended = Map.copyOf(extended);
    }

    /** {@return a resource list as numbers, each rounded up as the scheduler of Kubernetes does} */
    public static ResourceAmounts of(Map<String, Quantity> list) {
        if (list.isEmpty()) {
            return NONE;
        }
        long milliCpu = 0;
        long memory = 0;
        long ephemeralStorage = 0;
        var extended = new HashMap<String, Long>();
        for (var entry : list.entrySet()) {
            switch (entry.getKey()) {
                case CPU -> milliCpu = entry.getValue().milli();
                case MEMORY -> memory = entry.getValue().ceiling();
                case EPHEMERAL_STORAGE -> ephemeralStorage = entry.getValue().ceiling();
                case PODS -> {}
                default -> extended.put(entry.getKey(), entry.getValue().ceiling());
            }
        }
        return new ResourceAmounts(milliCpu, memory, ephemeralStorage, extended);
    }

    /** {@return the sum by resource} */
    public ResourceAmounts plus(ResourceAmounts other) {
        return new ResourceAmounts(
                milliCpu + other.milliCpu,
                memory + other.memory,
                ephemeralStorage + other.ephemeralStorage,
                merged(other, Long::sum));
    }

    /** {@return the greater amount by resource} */
    public ResourceAmounts max(ResourceAmounts other) {
        return new ResourceAmounts(
                Math.max(milliCpu, other.milliCpu),
                Math.max(memory, other.memory),
                Math.max(ephemeralStorage, other.ephemeralStorage),
                merged(other, Math::max));
    }

    private Map<String, Long> merged(ResourceAmounts other, java.util.function.BinaryOperator<Long> operation) {
        if (other.extended.isEmpty()) {
            return extended;
        }
        var merged = new HashMap<>(extended);
        other.extended.forEach((name, amount) -> merged.merge(name, amount, operation));
        return merged;
    }

    /** {@return whether every amount is zero} */
    public boolean isNothing() {
        return milliCpu == 0 && memory == 0 && ephemeralStorage == 0 && extended.isEmpty();
    }
}
