package dev.orchestrator.memory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerSpec;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxSpec;
import dev.orchestrator.spi.SandboxSpec.PublishedPort;
import dev.orchestrator.spi.SandboxState;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

/** A pod on a node: its address, its ports and its containers. Its lock guards the state of its containers too. */
final class Sandbox {

    private static final Container[] NONE = {};

    private final ReentrantLock lock = new ReentrantLock();
    private final Cluster cluster;
    private final Node node;
    private final SandboxSpec spec;
    private final SandboxId id;
    private final Instant createdAt;
    private final int ip;
    private Container[] containers = NONE;
    private @Nullable PortTable ports;
    private boolean stopped;

    Sandbox(Cluster cluster, Node node, SandboxSpec spec) {
        this.cluster = cluster;
        this.node = node;
        this.spec = spec;
        this.id = idOf(spec);
        this.createdAt = cluster.time().instant();
        this.ip = cluster.ips().take();
    }

    /** {@return the id that belongs to a pod and attempt, so that a repeated call finds what exists} */
    static SandboxId idOf(SandboxSpec spec) {
        return new SandboxId(spec.attempt() == 0 ? spec.podUid() : spec.podUid() + "." + spec.attempt());
    }

    /** {@return the id of the sandbox that a container is in} */
    static SandboxId idOf(ContainerId container) {
        int end = container.value().indexOf('/');
        return new SandboxId(end < 0 ? container.value() : container.value().substring(0, end));
    }

    ReentrantLock lock() {
        return lock;
    }

    Cluster cluster() {
        return cluster;
    }

    Node node() {
        return node;
    }

    SandboxSpec spec() {
        return spec;
    }

    SandboxId id() {
        return id;
    }

    String ip() {
        return spec.pod().hostNetwork() ? node.description().internalIp() : PodIps.text(ip);
    }

    SandboxState state() {
        lock.lock();
        try {
            var states = Arrays.stream(containers).map(Container::state).toList();
            List<String> ips = stopped || spec.pod().hostNetwork() ? List.of() : List.of(PodIps.text(ip));
            return new SandboxState(
                    id,
                    node.name(),
                    spec.namespace(),
                    spec.podName(),
                    spec.podUid(),
                    spec.attempt(),
                    !stopped,
                    ips,
                    createdAt,
                    states);
        } finally {
            lock.unlock();
        }
    }

    /** Refuses what only a running sandbox can do; called with the lock held. */
    void requireRunning() {
        if (stopped) {
            throw new DriverException(Reason.NOT_FOUND, "sandbox " + id + ": is stopped");
        }
    }

    // Containers

    /** Makes a container, or finds the one that exists by that name and attempt. */
    Container create(ContainerSpec container, Image image) {
        lock.lock();
        try {
            requireRunning();
            for (Container existing : containers) {
                if (existing.spec().name().equals(container.name())
                        && existing.spec().attempt() == container.attempt()) {
                    return existing;
                }
            }
            var created = new Container(this, container, image);
            String refusal = created.script().map(ContainerScript::createError).orElse(null);
            if (refusal != null) {
                throw new DriverException(Reason.CREATE_REJECTED, refusal);
            }
            containers = Arrays.copyOf(containers, containers.length + 1);
            containers[containers.length - 1] = created;
            return created;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Container find(ContainerId container) {
        lock.lock();
        try {
            for (Container existing : containers) {
                if (existing.id().equals(container)) {
                    return existing;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the newest container of a name} */
    Optional<Container> newest(String name) {
        lock.lock();
        try {
            Container newest = null;
            for (Container existing : containers) {
                if (existing.spec().name().equals(name)) {
                    newest = existing;
                }
            }
            return Optional.ofNullable(newest);
        } finally {
            lock.unlock();
        }
    }

    void forget(Container container) {
        lock.lock();
        try {
            containers = Arrays.stream(containers)
                    .filter(existing -> existing != container)
                    .toArray(Container[]::new);
        } finally {
            lock.unlock();
        }
    }

    List<Container> containers() {
        lock.lock();
        try {
            return new ArrayList<>(Arrays.asList(containers));
        } finally {
            lock.unlock();
        }
    }

    // Network

    /** {@return the pod's ports} */
    PortTable ports() {
        lock.lock();
        try {
            if (ports == null) {
                ports = new PortTable(this::published);
                if (stopped) {
                    ports.close();
                }
            }
            return ports;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the ports that somebody has asked for, if anybody has} */
    @Nullable
    PortTable portsInUse() {
        lock.lock();
        try {
            return ports;
        } finally {
            lock.unlock();
        }
    }

    Optional<InetSocketAddress> hostAddress(int port, TransportProtocol protocol) throws IOException {
        InetSocketAddress address = ports().address(port, protocol);
        if (address != null && protocol == TransportProtocol.TCP) {
            for (Container container : containers()) {
                IdlePorts.serve(container);
            }
        }
        return Optional.ofNullable(address);
    }

    private @Nullable PublishedPort published(int port, TransportProtocol protocol) {
        for (PublishedPort published : spec.ports()) {
            if (published.containerPort() == port && published.protocol() == protocol) {
                return published;
            }
        }
        return null;
    }

    /** Lets the traffic of its containers stand still, or go on. */
    void partitioned(boolean now) {
        for (Container container : containers()) {
            container.gate().partitioned(now);
        }
    }

    // The end

    /** Kills all containers and gives the address and the ports back; {@return whether it ran} */
    boolean shutDown() {
        PortTable given;
        lock.lock();
        try {
            if (stopped) {
                return false;
            }
            stopped = true;
            given = ports;
        } finally {
            lock.unlock();
        }
        for (Container container : containers()) {
            container.kill();
        }
        if (given != null) {
            given.close();
        }
        cluster.ips().giveBack(ip);
        return true;
    }

    /** Waits for the threads of all containers to end, no longer than the given real time. */
    void join(Duration limit) throws InterruptedException {
        for (Container container : containers()) {
            container.join(limit);
        }
    }

    void deleteFiles() throws IOException {
        for (Container container : containers()) {
            container.deleteFiles();
        }
    }
}
