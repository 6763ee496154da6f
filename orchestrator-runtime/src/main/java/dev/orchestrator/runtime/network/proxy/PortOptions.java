package dev.orchestrator.runtime.network.proxy;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a service may choose for a port; changeable while the port is open.
 *
 * @param balancing how new connections are spread
 * @param affinityTimeout how long a client IP that makes no new connection keeps its endpoint; null for no affinity
 */
public record PortOptions(Balancing balancing, @Nullable Duration affinityTimeout) {

    /** What Kubernetes defaults {@code sessionAffinityConfig.clientIP.timeoutSeconds} to: 10,800. */
    public static final Duration DEFAULT_AFFINITY_TIMEOUT = Duration.ofHours(3);

    public PortOptions {
        if (affinityTimeout != null && !affinityTimeout.isPositive()) {
            throw new IllegalArgumentException("affinity timeout: is not positive: " + affinityTimeout);
        }
    }

    /** {@return random choice without affinity} */
    public static PortOptions defaults() {
        return new PortOptions(Balancing.RANDOM, null);
    }

    /** {@return these options with another choice among endpoints} */
    public PortOptions withBalancing(Balancing balancing) {
        return new PortOptions(balancing, affinityTimeout);
    }

    /** {@return these options with affinity by client IP} */
    public PortOptions withClientIpAffinity(Duration timeout) {
        return new PortOptions(balancing, timeout);
    }
}
