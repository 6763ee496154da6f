package dev.orchestrator.runtime.network.proxy;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.TimeSource;

/**
 * What TCP and UDP ports share: the table of backends, and ending sessions of backends that are gone. The table takes
 * calls from any thread; sessions end on the loop.
 */
final class PortControl {
    private final EventLoop loop;
    private final TimeSource time;
    private final Duration drainTimeout;
    private final BackendTable table;
    private final Meter meter = new Meter();
    // Confined to the loop.
    private final Set<Session> sessions = new HashSet<>();
    private final Map<Backend, TimeSource.Timer> draining = new HashMap<>();
    private final Set<ServicePort> openPorts;

    PortControl(
            EventLoop loop, TimeSource time, Duration drainTimeout, BackendTable table, Set<ServicePort> openPorts) {
        this.openPorts = openPorts;
        this.loop = loop;
        this.time = time;
        this.drainTimeout = drainTimeout;
        this.table = table;
    }

    EventLoop loop() {
        return loop;
    }

    BackendTable table() {
        return table;
    }

    Meter meter() {
        return meter;
    }

    /** Swaps the endpoints; whoever must end does so soon after, on the loop. */
    void setEndpoints(List<Endpoint> endpoints) {
        var change = table.update(endpoints);
        if (!change.dead().isEmpty() || !change.drained().isEmpty()) {
            loop.execute(() -> {
                change.dead().forEach(Backend::resetAll);
                change.drained().forEach(this::drain);
            });
        }
    }

    private void drain(Backend backend) {
        if (backend.load() == 0) {
            return;
        }
        if (drainTimeout.isZero()) {
            backend.resetAll();
            return;
        }
        draining.put(
                backend,
                time.schedule(
                        drainTimeout,
                        () -> loop.execute(() -> {
                            draining.remove(backend);
                            backend.resetAll();
                        })));
    }

    void begun(Session session) {
        sessions.add(session);
        meter.accepted.increment();
    }

    void ended(Session session) {
        sessions.remove(session);
        meter.ended.increment();
    }

    /** Counts a session out of its backend, and forgets the drain deadline that has nothing left to end. */
    void left(Backend backend, Session session) {
        backend.remove(session);
        if (!draining.isEmpty() && backend.load() == 0) {
            var deadline = draining.remove(backend);
            if (deadline != null) {
                deadline.cancel();
            }
        }
    }

    /**
     * Closes the port's socket and ends its sessions; on return their descriptors are free. Not for use on the loop.
     */
    void close(ServicePort port, Runnable closeSocket) {
        loop.executeAndAwaitClosing(() -> {
            closeSocket.run();
            List.copyOf(sessions).forEach(Session::reset);
        });
        openPorts.remove(port);
    }
}
