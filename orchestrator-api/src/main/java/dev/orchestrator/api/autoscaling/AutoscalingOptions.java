package dev.orchestrator.api.autoscaling;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * How autoscalers work, as the options of Kubernetes' controller manager say it.
 *
 * @param metrics where figures come from, besides the driver
 * @param period how often each autoscaler looks
 * @param downscaleStabilization over how long the highest recommendation counts before fewer pods are wanted
 * @param tolerance which part of the target the figures may be off it without consequence
 * @param cpuInitialization how long after its start a pod counts only while it is ready, by CPU
 * @param initialReadinessDelay how long after its start a pod that becomes unready was never ready at all
 */
public record AutoscalingOptions(
        MetricsSource metrics,
        Duration period,
        Duration downscaleStabilization,
        double tolerance,
        Duration cpuInitialization,
        Duration initialReadinessDelay) {

    /** Kubernetes' own: every 15 s, 5 min, a tenth, 5 min, 30 s; figures of the driver. */
    public static final AutoscalingOptions STANDARD = new AutoscalingOptions(
            MetricsSource.NONE,
            Duration.ofSeconds(15),
            Duration.ofMinutes(5),
            0.1,
            Duration.ofMinutes(5),
            Duration.ofSeconds(30));

    /** Refuses null and a period of nothing. */
    public AutoscalingOptions {
        requireNonNull(metrics, "metrics is null");
        requireNonNull(downscaleStabilization, "downscaleStabilization is null");
        requireNonNull(cpuInitialization, "cpuInitialization is null");
        requireNonNull(initialReadinessDelay, "initialReadinessDelay is null");
        if (!period.isPositive()) {
            throw new IllegalArgumentException("period is not positive: " + period);
        }
    }

    /** {@return the same with figures from another source, besides the driver} */
    public AutoscalingOptions withMetrics(MetricsSource source) {
        return new AutoscalingOptions(
                source, period, downscaleStabilization, tolerance, cpuInitialization, initialReadinessDelay);
    }

    /** {@return the same, looking more or less often} */
    public AutoscalingOptions withPeriod(Duration every) {
        return new AutoscalingOptions(
                metrics, every, downscaleStabilization, tolerance, cpuInitialization, initialReadinessDelay);
    }
}
