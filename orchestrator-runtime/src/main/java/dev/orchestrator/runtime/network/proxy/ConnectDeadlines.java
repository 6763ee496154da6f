package dev.orchestrator.runtime.network.proxy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;

import org.jspecify.annotations.Nullable;

/**
 * Times out connects that did not succeed at once, with one timer for all of a loop: their timeout is the same, so the
 * oldest is always first. Confined to the loop.
 */
final class ConnectDeadlines {
    private final EventLoop loop;
    private final InstantSource clock;
    private final ProxyTimer timer;
    private final Duration timeout;
    private final LinkedHashSet<TcpConnection> waiting = new LinkedHashSet<>();
    private ProxyTimer.@Nullable Cancellable armed;

    ConnectDeadlines(EventLoop loop, InstantSource clock, ProxyTimer timer, Duration timeout) {
        this.loop = loop;
        this.clock = clock;
        this.timer = timer;
        this.timeout = timeout;
    }

    void add(TcpConnection connection) {
        connection.connectDeadlineMillis(clock.millis() + timeout.toMillis());
        waiting.add(connection);
        if (armed == null) {
            arm(timeout);
        }
    }

    void remove(TcpConnection connection) {
        if (waiting.remove(connection) && waiting.isEmpty() && armed != null) {
            armed.cancel();
            armed = null;
        }
    }

    private void arm(Duration delay) {
        armed = timer.schedule(delay, () -> loop.execute(this::expire));
    }

    private void expire() {
        armed = null;
        long now = clock.millis();
        while (!waiting.isEmpty()) {
            TcpConnection oldest = waiting.getFirst();
            long left = oldest.connectDeadlineMillis() - now;
            if (left > 0) {
                if (armed == null) {
                    arm(Duration.ofMillis(left));
                }
                return;
            }
            waiting.remove(oldest);
            oldest.connectTimedOut();
        }
    }
}
