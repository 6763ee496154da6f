package dev.orchestrator.memory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.spi.AttachRequest;
import dev.orchestrator.spi.ContainerDriver;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerSpec;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.ContainerStats;
import dev.orchestrator.spi.DriverContext;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.DriverListener;
import dev.orchestrator.spi.ExecRequest;
import dev.orchestrator.spi.ExecResult;
import dev.orchestrator.spi.ImageDescription;
import dev.orchestrator.spi.ImagePull;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.LogStream;
import dev.orchestrator.spi.NodeDescription;
import dev.orchestrator.spi.ProcessSession;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxSpec;
import dev.orchestrator.spi.SandboxState;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

/** Runs containers in memory. */
public final class InMemoryDriver implements ContainerDriver {

    private final Cluster cluster = new Cluster();
    private final Images images = new Images();

    /** Creates a driver with one node, {@code node-1}. */
    public InMemoryDriver() {
        cluster.addNode("node-1", new NodeOptions());
    }

    /** Says what Java code runs behind an image, or behind a whole repository if the reference has no tag. */
    public InMemoryDriver image(String reference, ContainerProgram program) {
        images.put(reference, new Image.Behaviour.Runs(program));
        return this;
    }

    /** Says that an image can not be pulled because it does not exist. */
    public InMemoryDriver missingImage(String reference) {
        images.putMissing(reference);
        return this;
    }

    // The SPI

    @Override
    public String name() {
        return "in-memory";
    }

    @Override
    public void start(DriverContext context) {
        cluster.start(context);
    }

    @Override
    public List<NodeDescription> nodes() {
        return cluster.descriptions();
    }

    @Override
    public SandboxState runSandbox(SandboxSpec spec) throws InterruptedException {
        cluster.requireOpen();
        Node node = cluster.reachable(spec.node());
        Sandbox existing = cluster.sandbox(Sandbox.idOf(spec));
        return existing != null ? existing.state() : cluster.add(spec, node);
    }

    @Override
    public void stopSandbox(SandboxId id) throws InterruptedException {
        Sandbox sandbox = reachable(id);
        if (sandbox != null && sandbox.shutDown()) {
            cluster.podChanged(sandbox.spec().podUid());
        }
    }

    @Override
    public void removeSandbox(SandboxId id) throws InterruptedException {
        Sandbox sandbox = reachable(id);
        if (sandbox != null) {
            sandbox.shutDown();
            for (Container container : sandbox.containers()) {
                container.remove();
            }
            cluster.forget(sandbox);
            cluster.podChanged(sandbox.spec().podUid());
        }
    }

    @Override
    public List<SandboxState> sandboxes() throws InterruptedException {
        cluster.requireOpen();
        return cluster.sandboxes().values().stream().map(Sandbox::state).toList();
    }

    @Override
    public Optional<SandboxState> sandbox(SandboxId id) throws InterruptedException {
        cluster.requireOpen();
        return Optional.ofNullable(cluster.sandbox(id)).map(Sandbox::state);
    }

    @Override
    public Optional<InetSocketAddress> hostAddress(SandboxId id, int port, TransportProtocol protocol) {
        Sandbox sandbox = cluster.sandbox(id);
        if (sandbox == null || protocol == TransportProtocol.SCTP || port < 1 || port > 65535) {
            return Optional.empty();
        }
        try {
            return sandbox.hostAddress(port, protocol);
        } catch (IOException e) {
            throw new DriverException(
                    Reason.UNAVAILABLE, "sandbox " + id + ": no loopback port is left: " + e.getMessage(), e);
        }
    }

    @Override
    public ContainerId createContainer(SandboxId id, ContainerSpec spec) throws InterruptedException {
        Sandbox sandbox = reachable(id);
        if (sandbox == null) {
            throw new DriverException(Reason.NOT_FOUND, "sandbox " + id + ": does not exist");
        }
        Image image = images.find(spec.image())
                .filter(found -> sandbox.node().images().contains(found.canonical()))
                .orElseThrow(() -> new DriverException(
                        Reason.IMAGE_NOT_FOUND,
                        "image " + spec.image() + ": is not present on node "
                                + sandbox.node().name()));
        return sandbox.create(spec, image).id();
    }

    @Override
    public void startContainer(ContainerId id) throws InterruptedException {
        existing(id).start();
    }

    @Override
    public void stopContainer(ContainerId id, Duration grace) throws InterruptedException {
        Container container = reachable(id);
        if (container != null) {
            container.stop(grace);
        }
    }

    @Override
    public void removeContainer(ContainerId id) throws InterruptedException {
        Container container = reachable(id);
        if (container != null) {
            container.remove();
        }
    }

    @Override
    public Optional<ContainerState> container(ContainerId id) throws InterruptedException {
        cluster.requireOpen();
        Sandbox sandbox = cluster.sandbox(Sandbox.idOf(id));
        return sandbox == null
                ? Optional.empty()
                : Optional.ofNullable(sandbox.find(id)).map(Container::state);
    }

    @Override
    public ExecResult exec(ContainerId id, List<String> command, Duration timeout) throws InterruptedException {
        return Sessions.exec(running(id), command, timeout);
    }

    @Override
    public ProcessSession openExec(ContainerId id, ExecRequest request) throws InterruptedException {
        return Sessions.open(running(id), request);
    }

    @Override
    public ProcessSession attach(ContainerId id, AttachRequest request) throws InterruptedException {
        return Sessions.attach(running(id), request);
    }

    @Override
    public LogStream logs(ContainerId id, LogQuery query) throws InterruptedException {
        return existing(id).log().open(query);
    }

    @Override
    public ContainerStats stats(ContainerId id) throws InterruptedException {
        return running(id).usage().now();
    }

    @Override
    public Optional<ImageDescription> image(String node, String reference) throws InterruptedException {
        cluster.requireOpen();
        Node asked = cluster.reachable(node);
        return images.find(reference)
                .filter(image -> asked.images().contains(image.canonical()))
                .map(Image::description);
    }

    @Override
    public ImageDescription pullImage(ImagePull pull) throws InterruptedException {
        cluster.requireOpen();
        Node node = cluster.reachable(pull.node());
        if (images.pullDelay().isPositive()) {
            cluster.time().sleep(images.pullDelay());
        }
        Image image = images.pull(pull.reference());
        node.images().add(image.canonical());
        return image.description();
    }

    @Override
    public void subscribe(DriverListener listener) {
        cluster.subscribe(listener);
    }

    @Override
    public void close() {
        cluster.close();
    }

    private @Nullable Sandbox reachable(SandboxId id) {
        cluster.requireOpen();
        Sandbox sandbox = cluster.sandbox(id);
        if (sandbox != null) {
            sandbox.node().requireReachable();
        }
        return sandbox;
    }

    private @Nullable Container reachable(ContainerId id) {
        Sandbox sandbox = reachable(Sandbox.idOf(id));
        return sandbox == null ? null : sandbox.find(id);
    }

    private Container existing(ContainerId id) {
        Container container = reachable(id);
        if (container == null) {
            throw new DriverException(Reason.NOT_FOUND, "container " + id + ": does not exist");
        }
        return container;
    }

    private Container running(ContainerId id) {
        Container container = existing(id);
        if (!container.isRunning()) {
            throw new DriverException(Reason.NOT_FOUND, "container " + id + ": does not run");
        }
        return container;
    }
}
