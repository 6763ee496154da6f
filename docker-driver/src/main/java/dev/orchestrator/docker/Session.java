package dev.orchestrator.docker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.docker.DockerDriverBuilder.Settings;
import dev.orchestrator.spi.AttachRequest;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerStats;
import dev.orchestrator.spi.DriverContext;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverListener;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A driver that has started: everything it is made of, and its end. */
final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Set<String> TOLD = Set.of("start", "die", "destroy", "remove", "oom");

    private final Settings settings;
    private final DriverContext context;
    private final List<DriverListener> listeners;
    private final Foundation foundation;
    private final Engine engine;
    private final Changes changes = new Changes();
    private final Images images;
    private final Pods pods;
    private final Containers containers;
    private final Execs execs;
    private final Thaw thaw;
    private final Events events;
    private final Relist relist;
    private final Optional<Program> program;
    private final Optional<Gateway> gateway;
    private volatile NodeDescription node;
    private volatile boolean hasPauseImage;

    private Session(Settings settings, DriverContext context, List<DriverListener> listeners, Foundation foundation) {
        this.settings = settings;
        this.context = context;
        this.listeners = listeners;
        this.foundation = foundation;
        this.engine = foundation.engine();
        this.images = new Images(engine, new CliLogins(settings.surroundings()));
        Identity identity = foundation.identity();
        Map<String, String> labels = identity.labels();
        this.program = Program.of(foundation.info());
        this.gateway = program.map(own -> new Gateway(foundation, own, context.serviceRange()));
        String publishedOn =
                engine.address().isOnLoopback() ? "127.0.0.1" : engine.address().host();
        this.thaw = new Thaw(engine);
        this.pods = new Pods(
                engine,
                identity,
                foundation.network(),
                new SandboxConfig(
                        settings.pauseImage(),
                        program,
                        context.serviceRange(),
                        foundation.network(),
                        publishedOn,
                        labels),
                foundation.removal(),
                thaw);
        this.containers = new Containers(
                engine,
                identity.instance(),
                pods,
                new ContainerConfig(labels),
                foundation.messages(),
                foundation.removal(),
                context.time());
        this.execs = new Execs(
                engine,
                containers,
                changes,
                context.time(),
                foundation.messages().folder().isPresent());
        var announcer = new Announcer();
        this.events = new Events(engine, foundation.timers(), identity.instance(), announcer);
        this.relist = new Relist(foundation.timers(), announcer::lost);
        this.node = Node.of(identity.node(), foundation.info(), foundation.network(), settings.maxPods());
    }

    /** Starts a driver; when that fails nothing is left. */
    static Session open(Settings settings, DriverContext context, List<DriverListener> listeners)
            throws InterruptedException {
        Foundation foundation = Foundation.lay(settings, context);
        @Nullable Session session = null;
        boolean isOpen = false;
        try {
            session = new Session(settings, context, listeners, foundation);
            session.events.start();
            session.relist.start();
            session.takeUp();
            isOpen = true;
            return session;
        } finally {
            if (!isOpen) {
                if (session != null) {
                    session.endWork();
                }
                end(foundation);
            }
        }
    }

    /** Goes on with what an earlier process has left for this state. */
    private void takeUp() throws InterruptedException {
        if (foundation.identity().keep().isEmpty()) {
            return;
        }
        Set<String> sandboxes =
                new HashSet<>(ids(engine.containers(true, List.of(ofThis(), Labels.KIND + "=" + Labels.SANDBOX))));
        List<String> strays = engine.containers(true, List.of(ofThis(), Labels.KIND + "=" + Labels.CONTAINER)).stream()
                .filter(container -> !sandboxes.contains(
                        container.path("Labels").path(Labels.SANDBOX_ID).asText()))
                .map(container -> container.path("Id").asText())
                .toList();
        if (!strays.isEmpty()) {
            foundation.removal().remove(strays);
        }
        if (!sandboxes.isEmpty()) {
            gateway.ifPresent(Gateway::start);
        }
    }

    NodeDescription node() {
        return node;
    }

    String network() {
        return foundation.network().name();
    }

    Containers containers() {
        return containers;
    }

    Pods pods() {
        return pods;
    }

    Images images() {
        return images;
    }

    Execs execs() {
        return execs;
    }

    SandboxState run(SandboxSpec spec) throws InterruptedException {
        gateway.ifPresent(Gateway::start);
        ensurePauseImage();
        try {
            return pods.run(spec);
        } catch (DriverException e) {
            // Somebody has removed the image: the next attempt brings it back.
            hasPauseImage = false;
            throw e;
        }
    }

    void publish(PublishedService service) throws InterruptedException {
        if (gateway.isPresent()) {
            gateway.get().publish(service);
        }
    }

    void withdraw(String namespace, String name) throws InterruptedException {
        if (gateway.isPresent()) {
            gateway.get().withdraw(namespace, name);
        }
    }

    private void ensurePauseImage() throws InterruptedException {
        String reference = settings.pauseImage();
        if (hasPauseImage) {
            return;
        }
        if (program.isPresent()) {
            program.get().load(engine);
            hasPauseImage = true;
            return;
        }
        if (images.find(reference).isEmpty()) {
            try {
                images.pull(new ImagePull(node.name(), reference, List.of(), progress -> {}));
            } catch (DriverException e) {
                throw new DriverException(
                        e.reason() == DriverException.Reason.UNAVAILABLE
                                ? DriverException.Reason.UNAVAILABLE
                                : DriverException.Reason.CREATE_REJECTED,
                        "the image of sandboxes can not be brought: " + e.getMessage(),
                        e);
            }
        }
        hasPauseImage = true;
    }

    LogStream logs(ContainerId id, LogQuery query) throws InterruptedException {
        return ContainerLog.open(engine, containers, changes, id, query);
    }

    ProcessSession attach(ContainerId id, AttachRequest request) throws InterruptedException {
        return AttachSession.open(engine, containers, id, request);
    }

    ContainerStats stats(ContainerId id) throws InterruptedException {
        containers.running(id, "measuring");
        String once = engine.version().isAtLeast(1, 41) ? "&one-shot=true" : "";
        return Usage.of(engine.get("measuring container " + id, "/containers/" + id + "/stats?stream=false" + once));
    }

    Optional<InetSocketAddress> address(SandboxId id, int port, TransportProtocol protocol) {
        return pods.address(id, port, protocol);
    }

    private final class Announcer implements Events.Listener {

        @Override
        public void happened(Events.Event event) {
            changes.changed(event.container());
            gateway.ifPresent(own -> own.happened(event.container(), event.action()));
            if (event.action().equals("pause") && !event.podUid().isEmpty()) {
                // A gateway is replaced.
                thaw.start(event.container());
            }
            if (event.isSandbox() && event.action().equals("die")) {
                pods.ended(new SandboxId(event.container()));
            }
            if (TOLD.contains(event.action()) && !event.podUid().isEmpty()) {
                listeners.forEach(listener -> listener.podChanged(event.podUid()));
            }
        }

        @Override
        public void reachable(boolean isReachable) {
            if (node.ready() != isReachable) {
                node = Node.withReady(node, isReachable);
                listeners.forEach(DriverListener::nodesChanged);
            }
        }

        @Override
        public void lost() {
            changes.lost();
            listeners.forEach(DriverListener::eventsLost);
        }
    }

    /** Leaves all as it is and lets go of the engine, as the end of the process does. */
    void abandon() {
        endWork();
        engine.close();
        changes.lost();
        foundation.timers().close();
    }

    /** Ends all that goes on by itself. */
    private void endWork() {
        relist.close();
        gateway.ifPresent(Gateway::close);
        events.close();
        pods.forgetAll();
    }

    /** Removes all that this driver has made, as far as the time allows; what is left is swept by the next start. */
    @Override
    public void close() {
        endWork();
        // An interrupted caller wants this to end as much as any other.
        boolean wasInterrupted = Thread.interrupted();
        Thread cleaner = Thread.ofVirtual().name("docker/close").start(this::removeAll);
        try {
            if (!cleaner.join(context.closeTimeout())) {
                LOG.warn("not all containers could be removed within {}", context.closeTimeout());
                cleaner.interrupt();
                cleaner.join(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            wasInterrupted = true;
            cleaner.interrupt();
        }
        engine.close();
        changes.lost();
        foundation.messages().close();
        foundation.timers().close();
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeAll() {
        try {
            stopContainers();
            for (List<String> left = mine(); !left.isEmpty(); left = mine()) {
                foundation.removal().remove(left);
            }
            removeNetwork(foundation);
        } catch (InterruptedException e) {
            LOG.debug("removing containers ends early", e);
        } catch (DriverException e) {
            LOG.warn("what this driver has made on the engine is left there: {}", e.getMessage(), e);
        }
    }

    private List<String> mine() throws InterruptedException {
        return ids(engine.containers(true, List.of(ofThis())));
    }

    private String ofThis() {
        return Labels.INSTANCE + "=" + foundation.identity().instance();
    }

    private static List<String> ids(List<JsonNode> containers) {
        return containers.stream()
                .map(container -> container.path("Id").asText())
                .toList();
    }

    /** Asks what runs to end by itself, all at once. */
    private void stopContainers() throws InterruptedException {
        List<String> running = ids(engine.containers(false, List.of(ofThis(), Labels.KIND + "=" + Labels.CONTAINER)));
        var stoppers = new ArrayList<Thread>();
        for (String id : running) {
            stoppers.add(Thread.ofVirtual().name("docker/stop/" + id).start(() -> stop(new ContainerId(id))));
        }
        for (Thread stopper : stoppers) {
            stopper.join();
        }
    }

    private void stop(ContainerId id) {
        try {
            containers.stop(id, settings.stopGrace());
        } catch (InterruptedException | DriverException e) {
            LOG.debug("container {} does not stop", id, e);
        }
    }

    private static void removeNetwork(Foundation foundation) throws InterruptedException {
        String id = foundation.network().id();
        while (!foundation.removal().removeNetwork(id)) {
            // The engine takes a moment to let go of the last container.
            foundation.timers().sleep(LOOK_AGAIN);
        }
    }

    private static void end(Foundation foundation) throws InterruptedException {
        try {
            // What belongs to a state may be in use.
            if (foundation.identity().keep().isEmpty()) {
                foundation.messages().close();
                removeNetwork(foundation);
            }
        } finally {
            foundation.engine().close();
            foundation.timers().close();
        }
    }
}
