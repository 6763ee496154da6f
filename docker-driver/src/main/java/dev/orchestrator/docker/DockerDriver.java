package dev.orchestrator.docker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.docker.DockerDriverBuilder.Settings;
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
import dev.orchestrator.spi.PublishedService;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxSpec;
import dev.orchestrator.spi.SandboxState;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Runs pods on a Docker engine of version 20.10 or newer, found as the docker CLI finds it.
 *
 * <p>A pod is a pause container that owns its network, and its containers in that network; all pods of one driver share
 * a bridge network of their own. Everything carries labels that say whose it is. It is removed when the driver is
 * closed or the JVM ends in order; what a killed JVM leaves is removed by the next driver that starts on the machine,
 * or, if it belongs to an orchestrator with a state directory, taken up by the next one that starts with that.
 */
public final class DockerDriver implements ContainerDriver {

    private final Settings settings;
    private final List<DriverListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Session session;
    private volatile boolean isClosed;
    private @Nullable Thread hook;

    /**
     * Creates a driver for the engine that {@code docker ps} would speak to; it is looked for when the driver starts.
     */
    public DockerDriver() {
        this(builder().settings());
    }

    DockerDriver(Settings settings) {
        this.settings = settings;
    }

    /** {@return a builder of a driver with other settings} */
    public static DockerDriverBuilder builder() {
        return new DockerDriverBuilder();
    }

    @Override
    public String name() {
        return "docker";
    }

    /**
     * {@return the name of the network that the pods of this driver are in}
     *
     * <p>A container of somebody else's that joins it, one of Testcontainers for instance, is reached by pods, and
     * under its alias by a service of type ExternalName. It has to leave before the driver is closed, or the network
     * can not be removed.
     *
     * @throws DriverException with reason {@code UNAVAILABLE} if the driver was not started or is closed
     */
    public String network() {
        return session().network();
    }

    @Override
    public void start(DriverContext context) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (session != null || isClosed) {
                throw new IllegalStateException("the driver was started before");
            }
            session = Session.open(settings, context, listeners);
            Thread atExit = new Thread(this::close, "docker-driver-exit");
            java.lang.Runtime.getRuntime().addShutdownHook(atExit);
            hook = atExit;
        } finally {
            lock.unlock();
        }
    }

    private Session session() {
        Session open = session;
        if (open == null || isClosed) {
            throw new DriverException(
                    Reason.UNAVAILABLE, isClosed ? "the driver is closed" : "the driver was not started");
        }
        return open;
    }

    private static void requireNode(Session session, String node) {
        if (!session.node().name().equals(node)) {
            throw new DriverException(Reason.NODE_DOWN, "node " + node + " is not known to this driver");
        }
    }

    @Override
    public List<NodeDescription> nodes() {
        Session open = session;
        return open == null ? List.of() : List.of(open.node());
    }

    @Override
    public SandboxState runSandbox(SandboxSpec spec) throws InterruptedException {
        Session open = session();
        requireNode(open, spec.node());
        return open.run(spec);
    }

    @Override
    public void stopSandbox(SandboxId id) throws InterruptedException {
        session().pods().stop(id);
    }

    @Override
    public void removeSandbox(SandboxId id) throws InterruptedException {
        session().pods().remove(id);
    }

    @Override
    public List<SandboxState> sandboxes() throws InterruptedException {
        return session().pods().all();
    }

    @Override
    public Optional<SandboxState> sandbox(SandboxId id) throws InterruptedException {
        return session().pods().state(id);
    }

    @Override
    public Optional<InetSocketAddress> hostAddress(SandboxId id, int port, TransportProtocol protocol) {
        Session open = session;
        return open == null || isClosed ? Optional.empty() : open.address(id, port, protocol);
    }

    @Override
    public ContainerId createContainer(SandboxId sandbox, ContainerSpec spec) throws InterruptedException {
        return session().containers().create(sandbox, spec);
    }

    @Override
    public void startContainer(ContainerId id) throws InterruptedException {
        session().containers().start(id);
    }

    @Override
    public void stopContainer(ContainerId id, Duration grace) throws InterruptedException {
        session().containers().stop(id, grace);
    }

    @Override
    public void updateContainer(ContainerId id, ResourceRequirements resources) throws InterruptedException {
        session().containers().update(id, resources);
    }

    @Override
    public void removeContainer(ContainerId id) throws InterruptedException {
        session().containers().remove(id);
    }

    @Override
    public Optional<ContainerState> container(ContainerId id) throws InterruptedException {
        return session().containers().state(id);
    }

    @Override
    public ExecResult exec(ContainerId id, List<String> command, Duration timeout) throws InterruptedException {
        return session().execs().run(id, command, timeout);
    }

    @Override
    public ProcessSession openExec(ContainerId id, ExecRequest request) throws InterruptedException {
        return session().execs().open(id, request);
    }

    @Override
    public ProcessSession attach(ContainerId id, AttachRequest request) throws InterruptedException {
        return session().attach(id, request);
    }

    @Override
    public LogStream logs(ContainerId id, LogQuery query) throws InterruptedException {
        return session().logs(id, query);
    }

    @Override
    public ContainerStats stats(ContainerId id) throws InterruptedException {
        return session().stats(id);
    }

    @Override
    public Optional<ImageDescription> image(String node, String reference) throws InterruptedException {
        Session open = session();
        requireNode(open, node);
        return open.images().find(reference);
    }

    @Override
    public ImageDescription pullImage(ImagePull pull) throws InterruptedException {
        Session open = session();
        requireNode(open, pull.node());
        return open.images().pull(pull);
    }

    @Override
    public boolean routesServices() {
        return true;
    }

    @Override
    public void publishService(PublishedService service) throws InterruptedException {
        session().publish(service);
    }

    @Override
    public void withdrawService(String namespace, String name) throws InterruptedException {
        session().withdraw(namespace, name);
    }

    @Override
    public void subscribe(DriverListener listener) {
        listeners.add(listener);
    }

    /**
     * Asks what still runs to end, then removes all containers, the network and the rest. Also done when the JVM ends
     * in order.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (isClosed) {
                return;
            }
            isClosed = true;
            Session open = session;
            if (open != null) {
                open.close();
            }
            forgetHook();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves all as it is and lets go of the engine, as the end of the process does; for tests of what comes then. */
    void abandon() {
        lock.lock();
        try {
            isClosed = true;
            Session open = session;
            if (open != null) {
                open.abandon();
            }
            forgetHook();
        } finally {
            lock.unlock();
        }
    }

    private void forgetHook() {
        Thread atExit = hook;
        if (atExit != null && !Thread.currentThread().equals(atExit)) {
            try {
                java.lang.Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // The JVM is ending: the hook finds the driver closed.
                hook = null;
            }
        }
    }
}
