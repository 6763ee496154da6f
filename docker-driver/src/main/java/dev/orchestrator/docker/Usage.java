package dev.orchestrator.docker;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.spi.ContainerStats;

/** What a container uses, from the engine's statistics. */
final class Usage {

    private Usage() {}

    static ContainerStats of(JsonNode stats) {
        JsonNode memory = stats.path("memory_stats");
        JsonNode details = memory.path("stats");
        // The working set is what can not be taken back at once: all but the pages of files that nobody uses.
        long reclaimable = details.path("inactive_file")
                .asLong(details.path("total_inactive_file").asLong());
        return new ContainerStats(
                Instant.parse(stats.path("read").asText()),
                Duration.ofNanos(stats.path("cpu_stats")
                        .path("cpu_usage")
                        .path("total_usage")
                        .asLong()),
                Math.max(0, memory.path("usage").asLong() - reclaimable));
    }
}
