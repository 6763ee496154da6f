package dev.orchestrator.memory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.orchestrator.api.model.core.ResourceRequirements;
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

/**
 * Runs containers in memory: simulated nodes of any number and size, containers that are Java code, follow a script or
 * just idle, real sockets on the loopback interface, and faults at any time.
 *
 * <pre>{@code
 * var driver = new InMemoryDriver()
 *         .image("shop/web:1", context -> {
 *             context.serveHttp(8080, call -> HttpReply.ok("hello from " + context.hostname()));
 *             return context.awaitStop();
 *         })
 *         .image("shop/batch", ContainerScript.runFor(Duration.ofSeconds(5)).exitCode(1))
 *         .missingImage("shop/web:broken");
 *
 * driver.container("web-1", "app").kill();
 * driver.node("node-1").down();
 * driver.faults().on(Operation.START_CONTAINER).fail(Reason.UNAVAILABLE, "no answer");
 * }</pre>
 *
 * <p>A container of an image that nobody has named idles until it is stopped, and answers HTTP requests on the TCP
 * ports that it declares with status 200; it costs no thread, and no socket before somebody connects. An image can be
 * pulled unless it was named as missing or broken, or {@link InMemoryDriverBuilder#onlyNamedImages()} was said.
 *
 * <p>Each port of a pod is one port of 127.0.0.1, the same for the pod's life; a port of the host that a pod asks for
 * is used if the system grants it. The addresses of pods and nodes are virtual: programs connect through their
 * {@link ContainerContext}. Nothing else of a container is isolated: programs share the JVM.
 *
 * <p>So containers end with the JVM. An orchestrator with a state directory that is started after a crash finds none,
 * and runs its pods again. A driver that was left behind by an orchestrator that was never closed runs on until the JVM
 * ends, and serves no other.
 */
public final class InMemoryDriver implements ContainerDriver {

    private final Cluster cluster = new Cluster();
    private final Images images;

    /** Creates a driver with one node, {@code node-1}. */
    public InMemoryDriver() {
        this(Map.of("node-1", new NodeOptions()), new Images());
    }

    InMemoryDriver(Map<String, NodeOptions> nodes, Images images) {
        this.images = images;
        nodes.forEach(cluster::addNode);
    }

    /** Begins to say what nodes a driver is to have, and what images. */
    public static InMemoryDriverBuilder builder() {
        return new InMemoryDriverBuilder();
    }

    /**
     * Says what runs behind an image: a program or a {@link ContainerScript}. Containers that exist stay as they are.
     *
     * @param reference a full reference such as {@code app:1}, or a repository such as {@code app}, which stands for
     *     all its tags that are not named themselves
     * @throws IllegalArgumentException if the reference is not one
     */
    public InMemoryDriver image(String reference, ContainerProgram program) {
        images.put(reference, program);
        return this;
    }

    /**
     * Says that an image does not exist: pulling it fails.
     *
     * @param reference a full reference or a repository
     * @throws IllegalArgumentException if the reference is not one
     */
    public InMemoryDriver missingImage(String reference) {
        images.putMissing(reference);
        return this;
    }

    /**
     * Says that an image can not be pulled, until it is named otherwise.
     *
     * @param reference a full reference or a repository
     * @throws IllegalArgumentException if the reference is not one
     */
    public InMemoryDriver pullError(String reference, Reason reason, String message) {
        images.put(reference, new Image.Behaviour.Unavailable(reason, message));
        return this;
    }

    /** Lets the pull of an image take a while, on the orchestrator's time. */
    public InMemoryDriver pullDelay(Duration delay) {
        images.pullDelay(delay);
        return this;
    }

    /**
     * Adds a node.
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public InMemoryDriver addNode(String name, Consumer<NodeOptions> options) {
        var chosen = new NodeOptions();
        options.accept(chosen);
        cluster.addNode(name, chosen);
        return this;
    }

    /**
     * {@return a node, for making it fail}
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public SimulatedNode node(String name) {
        return new SimulatedNode(cluster, name);
    }

    /**
     * {@return a container, for making it fail}
     *
     * @param pod the pod's name, or {@code namespace/name}
     * @param container the container's name
     */
    public SimulatedContainer container(String pod, String container) {
        return new SimulatedContainer(cluster, pod, container);
    }

    /** {@return what makes calls and events go wrong} */
    public Faults faults() {
        return cluster.faults();
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
        enter(Operation.RUN_SANDBOX, spec.podName());
        Node node = cluster.reachable(spec.node());
        Sandbox existing = cluster.sandbox(Sandbox.idOf(spec));
        return existing != null ? existing.state() : cluster.add(spec, node);
    }

    @Override
    public void stopSandbox(SandboxId id) throws InterruptedException {
        Sandbox sandbox = enter(Operation.STOP_SANDBOX, id);
        if (sandbox != null && sandbox.shutDown()) {
            cluster.podChanged(sandbox.spec().podUid());
        }
    }

    @Override
    public void removeSandbox(SandboxId id) throws InterruptedException {
        Sandbox sandbox = enter(Operation.REMOVE_SANDBOX, id);
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
        enter(Operation.LIST_SANDBOXES, "");
        return cluster.sandboxes().values().stream().map(Sandbox::state).toList();
    }

    @Override
    public Optional<SandboxState> sandbox(SandboxId id) throws InterruptedException {
        Sandbox sandbox = cluster.sandbox(id);
        enter(Operation.LIST_SANDBOXES, podOf(sandbox));
        return Optional.ofNullable(sandbox).map(Sandbox::state);
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
        Sandbox sandbox = enter(Operation.CREATE_CONTAINER, id);
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
        existing(Operation.START_CONTAINER, id).start();
    }

    @Override
    public void stopContainer(ContainerId id, Duration grace) throws InterruptedException {
        Container container = enter(Operation.STOP_CONTAINER, id);
        if (container != null) {
            container.stop(grace);
        }
    }

    @Override
    public void updateContainer(ContainerId id, ResourceRequirements resources) throws InterruptedException {
        running(Operation.UPDATE_CONTAINER, id).give(resources);
    }

    @Override
    public void removeContainer(ContainerId id) throws InterruptedException {
        Container container = enter(Operation.REMOVE_CONTAINER, id);
        if (container != null) {
            container.remove();
        }
    }

    @Override
    public Optional<ContainerState> container(ContainerId id) throws InterruptedException {
        Sandbox sandbox = cluster.sandbox(Sandbox.idOf(id));
        enter(Operation.INSPECT_CONTAINER, podOf(sandbox));
        return sandbox == null
                ? Optional.empty()
                : Optional.ofNullable(sandbox.find(id)).map(Container::state);
    }

    @Override
    public ExecResult exec(ContainerId id, List<String> command, Duration timeout) throws InterruptedException {
        return Sessions.exec(running(Operation.EXEC, id), command, timeout);
    }

    @Override
    public ProcessSession openExec(ContainerId id, ExecRequest request) throws InterruptedException {
        return Sessions.open(running(Operation.EXEC, id), request);
    }

    @Override
    public ProcessSession attach(ContainerId id, AttachRequest request) throws InterruptedException {
        return Sessions.attach(running(Operation.ATTACH, id), request);
    }

    @Override
    public LogStream logs(ContainerId id, LogQuery query) throws InterruptedException {
        return existing(Operation.LOGS, id).log().open(query);
    }

    @Override
    public ContainerStats stats(ContainerId id) throws InterruptedException {
        return running(Operation.STATS, id).usage().now();
    }

    @Override
    public Optional<ImageDescription> image(String node, String reference) throws InterruptedException {
        enter(Operation.INSPECT_IMAGE, "");
        Node asked = cluster.reachable(node);
        return images.find(reference)
                .filter(image -> asked.images().contains(image.canonical()))
                .map(Image::description);
    }

    @Override
    public ImageDescription pullImage(ImagePull pull) throws InterruptedException {
        enter(Operation.PULL_IMAGE, "");
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

    /** {@return what the driver still holds, in words: nothing after its end} */
    List<String> remains() {
        return cluster.remains();
    }

    // What every call begins with

    private static String podOf(@Nullable Sandbox sandbox) {
        return sandbox == null ? "" : sandbox.spec().podName();
    }

    private void enter(Operation operation, String pod) throws InterruptedException {
        cluster.requireOpen();
        cluster.faults().apply(operation, pod);
    }

    private @Nullable Sandbox enter(Operation operation, SandboxId id) throws InterruptedException {
        enter(operation, podOf(cluster.sandbox(id)));
        Sandbox sandbox = cluster.sandbox(id);
        if (sandbox != null) {
            sandbox.node().requireReachable();
        }
        return sandbox;
    }

    private @Nullable Container enter(Operation operation, ContainerId id) throws InterruptedException {
        Sandbox sandbox = enter(operation, Sandbox.idOf(id));
        return sandbox == null ? null : sandbox.find(id);
    }

    private Container existing(Operation operation, ContainerId id) throws InterruptedException {
        Container container = enter(operation, id);
        if (container == null) {
            throw new DriverException(Reason.NOT_FOUND, "container " + id + ": does not exist");
        }
        return container;
    }

    private Container running(Operation operation, ContainerId id) throws InterruptedException {
        Container container = existing(operation, id);
        if (!container.isRunning()) {
            throw new DriverException(Reason.NOT_FOUND, "container " + id + ": does not run");
        }
        return container;
    }
}
