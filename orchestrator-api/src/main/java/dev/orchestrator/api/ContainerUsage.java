package dev.orchestrator.api;

import java.time.Duration;
import java.time.Instant;

import dev.orchestrator.api.model.Quantity;

/**
 * What a container has used, as {@code kubectl top} measures it.
 *
 * @param container the name of the container
 * @param time when it was measured
 * @param cpu the processors it has kept busy on average since it was started
 * @param memory its working set
 * @param cpuTime the processor time it has used since it was started
 */
public record ContainerUsage(String container, Instant time, Quantity cpu, Quantity memory, Duration cpuTime) {

    /**
     * {@return the processors it has kept busy on average since an earlier measurement of the same run; none if no time
     * has passed}
     */
    public Quantity cpuSince(ContainerUsage earlier) {
        return rate(cpuTime.minus(earlier.cpuTime), Duration.between(earlier.time, time));
    }

    /** {@return how many processors are busy for a processor time within a time; none if no time has passed} */
    public static Quantity rate(Duration cpuTime, Duration time) {
        if (cpuTime.isNegative() || time.isNegative() || time.isZero()) {
            return Quantity.ZERO;
        }
        return Quantity.ofMilli(Math.round(1000.0 * cpuTime.toNanos() / time.toNanos()));
    }
}
