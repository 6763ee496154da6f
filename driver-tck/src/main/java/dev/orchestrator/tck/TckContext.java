package dev.orchestrator.tck;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.spi.DriverContext;
import dev.orchestrator.spi.DriverState;
import dev.orchestrator.spi.TransportProtocol;

/** Lends a driver the real time, and maybe a state, and knows no services. */
record TckContext(String owner, TimeSource time, Optional<DriverState> state) implements DriverContext {

    @Override
    public Duration closeTimeout() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Optional<InetSocketAddress> resolve(String namespace, String host, int port, TransportProtocol protocol) {
        return Optional.empty();
    }
}
