package dev.orchestrator.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * What a container has used.
 *
 * @param time when this was measured
 * @param cpuTime processor time since its start
 * @param memoryBytes its working set now
 */
public record ContainerStats(Instant time, Duration cpuTime, long memoryBytes) {}
