package dev.orchestrator.api.autoscaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Quantity;

import static java.util.Objects.requireNonNull;

/**
 * What the containers of a pod use, as {@code metrics.k8s.io} tells it.
 *
 * @param time when it was measured
 * @param window over which time, up to then, rates were measured
 * @param containers what each container uses: by its name, then by resource, such as {@code cpu} and {@code memory}
 */
public record PodUsage(Instant time, Duration window, Map<String, Map<String, Quantity>> containers) {

    /** Copies the map and refuses null. */
    public PodUsage {
        requireNonNull(time, "time is null");
        requireNonNull(window, "window is null");
        containers = Immutables.map(containers);
    }
}
