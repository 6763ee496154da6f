package dev.orchestrator.docker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import dev.orchestrator.spi.LogLine.Stream;
import dev.orchestrator.spi.PublishedService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The container in the network of pods that answers for services: it holds their addresses, forwards what arrives
 * there, and answers DNS. What it forwards it is told over its standard input, as a whole each time; it answers when
 * that is in force. When it is gone, whatever the reason, another one is made and told the same.
 */
final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** How long a gateway that is being made, or told, is waited for: on a busy machine that takes seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** How long one that can not be had is waited for: the next try may have it. */
    private static final Duration PATIENCE_WITH_FAILURES = Duration.ofSeconds(5);

    private final Engine engine;
    private final PodNetwork network;
    private final Program program;
    private final Identity identity;
    private final Removal removal;
    private final String serviceRange;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, PublishedService> services = new LinkedHashMap<>();
    private int revision = 1;
    private int inForce;
    private boolean isFailing;
    private long failingSince;
    private long behindSince;
    private boolean isClosed;
    private String container = "";
    private @Nullable Exchange current;
    private @Nullable Thread keeper;

    Gateway(Foundation foundation, Program program, String serviceRange) {
        this.engine = foundation.engine();
        this.network = foundation.network();
        this.program = program;
        this.identity = foundation.identity();
        this.removal = foundation.removal();
        this.serviceRange = serviceRange;
    }

    /**
     * Makes the container, in the background, and keeps it there. Called for every pod, for a network without pods
     * needs none; only the first call does something.
     */
    void start() {
        lock.lock();
        try {
            if (keeper == null && !isClosed) {
                behindSince = System.nanoTime();
                keeper = Thread.ofVirtual().name("docker/gateway").start(this::keep);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Publishes a service and waits until that is in force, but not without end, and not for a gateway that nobody
     * needs yet or that could not be had for a while.
     */
    void publish(PublishedService service) throws InterruptedException {
        change(() -> !service.equals(services.put(key(service.namespace(), service.name()), service)));
    }

    void withdraw(String namespace, String name) throws InterruptedException {
        change(() -> services.remove(key(namespace, name)) != null);
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    private interface Edit {
        boolean happens();
    }

    private void change(Edit edit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (edit.happens()) {
                behindSince = inForce == revision ? System.nanoTime() : behindSince;
                revision++;
                changed.signalAll();
            }
            int wanted = revision;
            long left = patience();
            while (keeper != null && inForce < wanted && !isClosed && left > 0) {
                changed.awaitNanos(left);
                left = patience();
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return for how many nanoseconds more it is worth waiting; the same for all who wait, together or in a row} */
    private long patience() {
        long now = System.nanoTime();
        return isFailing
                ? PATIENCE_WITH_FAILURES.toNanos() - (now - failingSince)
                : PATIENCE.toNanos() - (now - behindSince);
    }

    /** Notes what happened to a container: a gateway that was stopped or frozen by hand is replaced. */
    void happened(String id, String action) {
        lock.lock();
        try {
            if (id.equals(container) && List.of("die", "destroy", "pause").contains(action) && current != null) {
                current.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!isClosed()) {
                String why = "it has ended";
                try {
                    serve();
                } catch (IOException | RuntimeException e) {
                    why = String.valueOf(e.getMessage());
                    LOG.debug("the gateway to services fails", e);
                }
                pause = failed(why) ? FIRST_PAUSE : longer(pause);
                rest(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("the gateway to services is given up", e);
        }
    }

    private void rest(Duration pause) throws InterruptedException {
        long left = pause.toNanos();
        lock.lockInterruptibly();
        try {
            while (!isClosed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the gateway that is gone has worked} */
    private boolean failed(String why) {
        lock.lock();
        try {
            boolean hasWorked = inForce > 0;
            if (!isFailing && !isClosed) {
                LOG.warn("pods do not reach services until there is a new gateway: {}", why);
            }
            failingSince = isFailing ? failingSince : System.nanoTime();
            isFailing = true;
            inForce = 0;
            container = "";
            current = null;
            changed.signalAll();
            return hasWorked;
        } finally {
            lock.unlock();
        }
    }

    /** Makes a gateway and tells it of services until it is gone. */
    private void serve() throws InterruptedException, IOException {
        program.load(engine);
        // One that does not answer is no use to anybody, and there is one at a time: they share an address.
        removal.remove(existing());
        String id = engine.call("creating the gateway to services", docker -> create(docker));
        try (Exchange exchange = engine.hijack(
                "attaching to the gateway to services",
                "/containers/" + id + "/attach?stream=1&stdin=1&stdout=1&stderr=1",
                "")) {
            lock.lock();
            try {
                if (isClosed) {
                    return;
                }
                container = id;
                current = exchange;
            } finally {
                lock.unlock();
            }
            engine.call(
                    "starting the gateway to services",
                    docker -> docker.startContainerCmd(id).exec());
            Thread teller = Thread.ofVirtual().name("docker/gateway/tell").start(() -> tell(exchange));
            try {
                listen(new Frames(exchange.getBody(), false));
            } finally {
                teller.interrupt();
            }
        }
    }

    private List<String> existing() throws InterruptedException {
        return engine.call(
                "listing containers",
                docker -> docker
                        .listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(Labels.INSTANCE, identity.instance(), Labels.KIND, Labels.GATEWAY))
                        .exec()
                        .stream()
                        .map(Container::getId)
                        .toList());
    }

    private String create(DockerClient docker) {
        var labels = new HashMap<>(identity.labels());
        labels.put(Labels.KIND, Labels.GATEWAY);
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode(network.name())
                .withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withCapAdd(Capability.NET_ADMIN, Capability.NET_BIND_SERVICE)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE));
        return docker.createContainerCmd(program.image())
                .withName(network.name() + "-gateway")
                .withLabels(labels)
                .withHostConfig(host)
                .withStdinOpen(true)
                .withCmd("gateway", network.services(), serviceRange)
                .exec()
                .getId();
    }

    private void tell(Exchange exchange) {
        int told = 0;
        try {
            while (true) {
                byte[] frame;
                lock.lockInterruptibly();
                try {
                    while (told == revision) {
                        changed.await();
                    }
                    told = revision;
                    frame = ServiceTable.frame(told, services.values());
                } finally {
                    lock.unlock();
                }
                exchange.output().write(frame);
                exchange.output().flush();
            }
        } catch (InterruptedException e) {
            LOG.debug("the gateway to services has gone", e);
        } catch (IOException | RuntimeException e) {
            LOG.debug("the gateway to services can not be told", e);
            exchange.close();
        }
    }

    /** Reads what is in force, until the end. */
    private void listen(Frames frames) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(Integer.BYTES);
        for (Frames.Frame frame = frames.next(); frame != null; frame = frames.next()) {
            if (frame.stream() == Stream.STDERR) {
                LOG.warn("the gateway to services: {}", new String(frame.bytes(), StandardCharsets.UTF_8).strip());
                continue;
            }
            for (byte one : frame.bytes()) {
                answer.put(one);
                if (!answer.hasRemaining()) {
                    answered(answer.flip().getInt());
                    answer.clear();
                }
            }
        }
    }

    private void answered(int serial) {
        lock.lock();
        try {
            isFailing = false;
            inForce = serial;
            behindSince = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the care for the gateway; whoever removes all containers of the driver removes it. */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            isClosed = true;
            running = keeper;
            if (current != null) {
                current.close();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (running != null) {
            boolean wasInterrupted = Thread.interrupted();
            try {
                // In the middle of a call it might leave behind what nobody knows of.
                if (!running.join(PATIENCE_WITH_FAILURES)) {
                    running.interrupt();
                }
            } catch (InterruptedException e) {
                wasInterrupted = true;
                running.interrupt();
            }
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
