package dev.orchestrator.runtime.network.proxy;

import java.time.Duration;
import java.util.LinkedHashSet;

import dev.orchestrator.api.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Times out connects that did not succeed at once, with one timer for all of a loop: their timeout is the same, so the
 * oldest is always first. Confined to the loop.
 */
final class ConnectDeadlines {
    private final EventLoop loop;
    private final TimeSource time;
    private final Duration timeout;
    private final LinkedHashSet<TcpConnection> waiting = new LinkedHashSet<>();
    private TimeSource.@Nullable Timer armed;

    ConnectDeadlines(EventLoop loop, TimeSource time, Duration timeout) {
        this.loop = loop;
        this.time = time;
        this.timeout = timeout;
    }

    void add(TcpConnection connection) {
        connection.connectDeadlineMillis(time.millis() + timeout.toMillis());
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
        armed = time.schedule(delay, () -> loop.execute(this::expire));
    }

    private void expire() {
        armed = null;
        long now = time.millis();
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
