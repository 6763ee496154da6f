package dev.orchestrator.memory;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.spi.DriverContext;
import dev.orchestrator.spi.TransportProtocol;

/** Lends a driver what an orchestrator would. */
final class TestContext implements DriverContext {

    private final TimeSource time;
    private final Map<String, InetSocketAddress> names = new ConcurrentHashMap<>();

    TestContext(TimeSource time) {
        this.time = time;
    }

    /** Makes a service known to the programs. */
    void name(String host, InetSocketAddress address) {
        names.put(host, address);
    }

    @Override
    public String owner() {
        return "test";
    }

    @Override
    public TimeSource time() {
        return new DriverTime(time);
    }

    @Override
    public Duration closeTimeout() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Optional<InetSocketAddress> resolve(String namespace, String host, int port, TransportProtocol protocol) {
        return Optional.ofNullable(names.get(host));
    }

    /** Gives up the caller's piece of work while it sleeps, as the contract of the context says. */
    private record DriverTime(TimeSource time) implements TimeSource {

        @Override
        public Instant instant() {
            return time.instant();
        }

        @Override
        public Timer schedule(Instant when, Runnable task) {
            return time.schedule(when, task);
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            var over = new Completion(time);
            Timer timer = time.schedule(duration, over::complete);
            try {
                over.await();
            } finally {
                timer.cancel();
            }
        }

        @Override
        public void workStarted() {
            time.workStarted();
        }

        @Override
        public void workFinished() {
            time.workFinished();
        }
    }
}
