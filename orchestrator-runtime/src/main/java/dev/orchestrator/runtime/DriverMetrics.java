package dev.orchestrator.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.base.Suppliers;
import dev.orchestrator.api.ContainerUsage;
import dev.orchestrator.api.autoscaling.MetricsSource;
import dev.orchestrator.api.autoscaling.PodUsage;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.handle.ContainerAccess;

/**
 * What containers use, as the driver measures it: processors since the last time somebody asked, or since the container
 * was started if nobody has.
 */
final class DriverMetrics implements MetricsSource {

    private static final int MOST_PODS = 100_000;

    /** Within this time one measurement serves all who ask: rates over less say little. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /**
     * What was measured of a pod.
     *
     * @param containers by their ids: a container that is restarted is another one
     * @param usage what was said about them
     */
    private record Sample(Map<String, ContainerUsage> containers, PodUsage usage) {

        boolean isFresh(Instant now) {
            return now.isBefore(usage.time().plus(FRESH));
        }
    }

    private final ContainerAccess containers;
    private final InstantSource time;
    // Made when somebody asks for figures: its eighty classes would be a quarter of the time to the first object.
    private final Supplier<Cache<String, Sample>> samples = Suppliers.memoize(() -> Caffeine.newBuilder()
            .maximumSize(MOST_PODS)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build());

    DriverMetrics(ContainerAccess containers, InstantSource time) {
        this.containers = containers;
        this.time = time;
    }

    @Override
    public Optional<PodUsage> usage(Pod pod) throws InterruptedException {
        Sample before = samples.get().getIfPresent(pod.metadata().uidOrEmpty());
        if (before != null && before.isFresh(time.instant())) {
            return Optional.of(before.usage());
        }
        var now = new HashMap<String, ContainerUsage>();
        var used = new TreeMap<String, Map<String, Quantity>>();
        Instant measured = Instant.MIN;
        Duration window = Duration.ZERO;
        for (ContainerStatus status : pod.status().containerStatuses()) {
            if (status.state().running() == null) {
                continue;
            }
            ContainerUsage usage = containers.usage(pod, status.name());
            String id = String.valueOf(status.containerID());
            ContainerUsage earlier = before == null ? null : before.containers().get(id);
            now.put(id, usage);
            Quantity cpu = usage.cpu();
            if (earlier != null && usage.time().isAfter(earlier.time())) {
                cpu = usage.cpuSince(earlier);
                window = Duration.between(earlier.time(), usage.time());
            }
            used.put(status.name(), Map.of("cpu", cpu, "memory", usage.memory()));
            measured = usage.time();
        }
        if (used.isEmpty()) {
            return Optional.empty();
        }
        var result = new PodUsage(measured, window, used);
        samples.get().put(pod.metadata().uidOrEmpty(), new Sample(now, result));
        return Optional.of(result);
    }
}
