package dev.orchestrator.runtime.network.proxy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

import dev.orchestrator.api.TimeSource;
import org.jspecify.annotations.Nullable;

/** The backends of one port and the choice among them; updated by any thread, asked by the port's loop. */
final class BackendTable {
    private static final int MAX_AFFINITY_CLIENTS = 65_536;

    /** Begins to reach a backend without blocking, while the table cannot change. */
    interface Dialer {
        void dial(Backend backend);
    }

    /**
     * The backends that an update removed.
     *
     * @param dead gone without having terminated
     * @param drained gone after having terminated
     */
    record Change(List<Backend> dead, List<Backend> drained) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final TimeSource time;
    private final RandomGenerator random;
    private final AtomicInteger version = new AtomicInteger();
    private Map<EndpointId, Backend> backends = Map.of();
    private List<Backend> eligible = List.of();
    private PortOptions options = PortOptions.defaults();
    private @Nullable AffinityTable<Backend> affinity;

    BackendTable(TimeSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /**
     * Chooses a backend and has it dialled before any update can take effect, so that after an update nobody dials a
     * backend that it has ruled out.
     *
     * @return the backend that was dialled, or null if none is left to try
     */
    @Nullable
    Backend dial(InetAddress client, Collection<Backend> tried, Dialer dialer) {
        lock.lock();
        try {
            Backend chosen = choose(client, tried);
            if (chosen != null) {
                dialer.dial(chosen);
            }
            return chosen;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Backend choose(InetAddress client, Collection<Backend> tried) {
        if (affinity == null) {
            return EndpointPicker.pick(eligible, tried, options.balancing(), random);
        }
        long now = time.millis();
        Backend chosen = affinity.find(client, now);
        if (chosen == null || tried.contains(chosen) || !eligible.contains(chosen)) {
            chosen = EndpointPicker.pick(eligible, tried, options.balancing(), random);
        }
        if (chosen != null) {
            affinity.remember(client, chosen, now);
        }
        return chosen;
    }

    /** {@return a number that every update changes, cheap enough to be asked for every datagram} */
    int version() {
        return version.get();
    }

    /** {@return whether what has begun with the backend may go on: it is still listed, and ready or serving} */
    boolean serves(Backend backend) {
        lock.lock();
        try {
            Endpoint endpoint = backend.endpoint();
            return backends.get(endpoint.id()) == backend && (endpoint.ready() || endpoint.serving());
        } finally {
            lock.unlock();
        }
    }

    boolean isEligible(Backend backend) {
        lock.lock();
        try {
            return eligible.contains(backend);
        } finally {
            lock.unlock();
        }
    }

    void setOptions(PortOptions latest) {
        lock.lock();
        try {
            var timeout = latest.affinityTimeout();
            if (timeout == null) {
                affinity = null;
            } else if (!timeout.equals(options.affinityTimeout())) {
                affinity = new AffinityTable<>(timeout, MAX_AFFINITY_CLIENTS);
            }
            options = latest;
        } finally {
            lock.unlock();
        }
    }

    Change update(List<Endpoint> endpoints) {
        Map<EndpointId, Endpoint> wanted = new LinkedHashMap<>();
        for (Endpoint endpoint : endpoints) {
            if (wanted.put(endpoint.id(), endpoint) != null) {
                throw new IllegalArgumentException("endpoint " + endpoint.id() + ": is listed twice");
            }
        }
        lock.lock();
        try {
            return replace(wanted);
        } finally {
            lock.unlock();
        }
    }

    private Change replace(Map<EndpointId, Endpoint> wanted) {
        var change = new Change(new ArrayList<>(), new ArrayList<>());
        Map<EndpointId, Backend> next = new LinkedHashMap<>();
        for (Endpoint endpoint : wanted.values()) {
            Backend known = backends.get(endpoint.id());
            if (known == null || !known.address().equals(endpoint.address())) {
                next.put(endpoint.id(), new Backend(endpoint));
                continue;
            }
            known.update(endpoint);
            next.put(endpoint.id(), known);
        }
        for (Backend old : backends.values()) {
            if (next.get(old.endpoint().id()) != old) {
                (old.endpoint().terminating() ? change.drained() : change.dead()).add(old);
            }
        }
        backends = next;
        version.incrementAndGet();
        eligible = EndpointPicker.eligible(next.values());
        return change;
    }
}
