package dev.orchestrator.runtime.controller.autoscaler;

import java.time.Duration;
import java.time.Instant;

/**
 * A figure of one pod.
 *
 * @param milli its value in thousandths
 * @param time when it was measured
 * @param window over which time, up to then
 */
record Measured(long milli, Instant time, Duration window) {}
