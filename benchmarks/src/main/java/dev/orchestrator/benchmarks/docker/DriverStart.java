package dev.orchestrator.benchmarks.docker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

import dev.orchestrator.api.SystemTime;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.docker.DockerDriver;
import dev.orchestrator.spi.DriverContext;
import dev.orchestrator.spi.TransportProtocol;

/** A fresh JVM: from the driver's constructor until it has started, or docker-java's client until its first ping. */
final class DriverStart {

    private DriverStart() {}

    /** What an orchestrator would lend a driver. */
    private record Context(TimeSource time) implements DriverContext {

        @Override
        public String owner() {
            return "benchmark";
        }

        @Override
        public Duration closeTimeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Optional<InetSocketAddress> resolve(
                String namespace, String host, int port, TransportProtocol protocol) {
            return Optional.empty();
        }
    }

    /** Prints milliseconds. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments[0].equals("raw")) {
            long begin = System.nanoTime();
            try (var engine = new RawEngine()) {
                engine.ping();
                Measured.print(System.out, "millis", (System.nanoTime() - begin) / 1e6);
            }
            return;
        }
        try (var time = new SystemTime()) {
            long begin = System.nanoTime();
            try (var driver = new DockerDriver()) {
                driver.start(new Context(time));
                Measured.print(System.out, "millis", (System.nanoTime() - begin) / 1e6);
            }
        }
    }
}
