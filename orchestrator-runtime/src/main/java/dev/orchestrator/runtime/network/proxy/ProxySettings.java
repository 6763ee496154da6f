package dev.orchestrator.runtime.network.proxy;

import java.time.Duration;

/**
 * What one proxy is sized and timed by.
 *
 * @param loops event-loop threads; a port and all its connections live on one of them
 * @param bufferSize bytes moved by one read; at least 64 KiB, which the largest datagram needs
 * @param connectTimeout for one attempt to reach one endpoint
 * @param drainTimeout how long connections outlive the removal of an endpoint that was terminating
 * @param udpIdleTimeout after which a client's flow is forgotten
 * @param udpFlows most flows of one port; beyond it the least recently used is forgotten
 */
public record ProxySettings(
        int loops,
        int bufferSize,
        Duration connectTimeout,
        Duration drainTimeout,
        Duration udpIdleTimeout,
        int udpFlows) {

    static final int MIN_BUFFER_SIZE = 64 * 1024;

    public ProxySettings {
        if (loops < 1 || udpFlows < 1) {
            throw new IllegalArgumentException("proxy: needs a loop and a flow: " + loops + ", " + udpFlows);
        }
        if (bufferSize < MIN_BUFFER_SIZE) {
            throw new IllegalArgumentException("proxy: buffer is smaller than 64 KiB: " + bufferSize);
        }
        if (!connectTimeout.isPositive() || !udpIdleTimeout.isPositive() || drainTimeout.isNegative()) {
            throw new IllegalArgumentException("proxy: a timeout is not positive: " + connectTimeout + ", "
                    + udpIdleTimeout + ", " + drainTimeout);
        }
    }

    /** {@return one loop, 256 KiB, 5 s to connect, 30 s to drain, 60 s of UDP silence, 4,096 UDP flows} */
    public static ProxySettings defaults() {
        return new ProxySettings(
                1, 256 * 1024, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), 4096);
    }

    /** {@return these settings with another number of event-loop threads} */
    public ProxySettings withLoops(int loops) {
        return new ProxySettings(loops, bufferSize, connectTimeout, drainTimeout, udpIdleTimeout, udpFlows);
    }

    /** {@return these settings with another buffer size} */
    public ProxySettings withBufferSize(int bufferSize) {
        return new ProxySettings(loops, bufferSize, connectTimeout, drainTimeout, udpIdleTimeout, udpFlows);
    }

    /** {@return these settings with another deadline for one connect} */
    public ProxySettings withConnectTimeout(Duration connectTimeout) {
        return new ProxySettings(loops, bufferSize, connectTimeout, drainTimeout, udpIdleTimeout, udpFlows);
    }

    /** {@return these settings with another drain deadline} */
    public ProxySettings withDrainTimeout(Duration drainTimeout) {
        return new ProxySettings(loops, bufferSize, connectTimeout, drainTimeout, udpIdleTimeout, udpFlows);
    }

    /** {@return these settings with another UDP idle timeout} */
    public ProxySettings withUdpIdleTimeout(Duration udpIdleTimeout) {
        return new ProxySettings(loops, bufferSize, connectTimeout, drainTimeout, udpIdleTimeout, udpFlows);
    }

    /** {@return these settings with another bound on the flows of a UDP port} */
    public ProxySettings withUdpFlows(int udpFlows) {
        return new ProxySettings(loops, bufferSize, connectTimeout, drainTimeout, udpIdleTimeout, udpFlows);
    }
}
