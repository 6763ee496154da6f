package dev.orchestrator.api;

import java.time.Instant;

import dev.orchestrator.api.model.Quantity;

/**
 * What the containers on a node use together, as {@code kubectl top node} shows it.
 *
 * @param time when it was measured
 * @param cpu the processors they have kept busy on average, each since it was started
 * @param cpuPercent the share of what the node can give away; 0 if that is not known
 * @param memory their working sets
 * @param memoryPercent the share of what the node can give away; 0 if that is not known
 */
public record NodeUsage(Instant time, Quantity cpu, long cpuPercent, Quantity memory, long memoryPercent) {}
