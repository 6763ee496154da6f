package dev.orchestrator.runtime.kubelet;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.kubelet.volume.PodVolumes;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.spi.ContainerDriver;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverListener;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxState;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the pods of all nodes of one driver.
 *
 * <p>To be used in this order: the driver is started with {@link #driverTime()} as its time; {@link #start()}; the
 * watches that {@link #connect} declares begin; {@link #close()}; the driver is closed.
 */
public final class Kubelet implements Controller, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final PodServices services;
    private final PodAccess access;
    private final NodeLeases leases;
    private final AtomicBoolean isListing = new AtomicBoolean();
    private final AtomicBoolean isRefreshing = new AtomicBoolean();

    /**
     * Creates a kubelet that does nothing yet.
     *
     * @param events where it reports what happens
     * @param time where it takes all time from
     */
    public Kubelet(
            ContainerDriver driver, ObjectStore store, EventRecorder events, TimeSource time, KubeletOptions options) {
        var watchdog = new Watchdog(time);
        services = new PodServices(
                driver,
                store,
                events,
                time,
                new DriverTime(time, watchdog),
                options,
                watchdog,
                new Runners(time),
                new NodeDirectory(driver, store, events, time),
                new ServiceViews(store),
                new MissingObjects(),
                new PodVolumes(store::find, options.volumes()),
                new ImagePulls(time, options.pullTimeout()),
                new DeferredResizes(),
                new PodDirectory(),
                new AtomicLong());
        access = new PodAccess(services);
        leases = new NodeLeases(store, time, services.runners(), services.nodes());
    }

    /** {@return the time to give to the driver} */
    public TimeSource driverTime() {
        return services.driverTime();
    }

    /** {@return logs, commands, streams and statistics of containers} */
    public PodAccess access() {
        return access;
    }

    /** {@return the volumes of all pods, to be closed after the driver} */
    public PodVolumes volumes() {
        return services.volumes();
    }

    @Override
    public String name() {
        return "kubelet";
    }

    /**
     * Registers the driver's nodes, takes over the sandboxes that it has, and listens to it from then on.
     *
     * @throws DriverException if the driver does not say what it has
     */
    public void start() throws InterruptedException {
        services.runners().start("kubelet/sweep", services.volumes()::sweep);
        services.driver().subscribe(new Listener());
        services.nodes().register(services.nodes().refresh());
        if (services.options().volumes() != null) {
            services.volumes().retain(podUids());
        }
        take(services.sequence().incrementAndGet(), services.driver().sandboxes());
        leases.start();
    }

    private Set<String> podUids() {
        return services.store().list(ResourceTypes.POD).stream()
                .map(pod -> pod.metadata().uidOrEmpty())
                .collect(Collectors.toSet());
    }

    @Override
    public void connect(Wiring wiring) {
        wiring.watch(ResourceTypes.POD, this::podChanged);
        wiring.watch(ResourceTypes.SERVICE, change -> services.serviceViews().changed(namespace(change)));
        wiring.watch(ResourceTypes.CONFIG_MAP, change -> appeared(change.after()));
        wiring.watch(ResourceTypes.SECRET, change -> appeared(change.after()));
    }

    private static String namespace(Change<?> change) {
        var object = change.after() == null ? change.before() : change.after();
        return object == null ? "" : object.metadata().namespaceOrEmpty();
    }

    private void appeared(dev.orchestrator.api.model.@Nullable Resource object) {
        if (object != null) {
            services.missing().appeared(object.resourceType(), object.key());
            services.volumes()
                    .usersOf(object.resourceType().kind(), object.key())
                    .forEach(this::refreshVolumes);
        }
    }

    private void podChanged(Change<Pod> change) {
        Pod after = change.after();
        Pod before = change.before();
        services.deferred().changed(after == null ? before : after);
        if (after == null) {
            PodWorker worker = before == null
                    ? null
                    : services.pods().find(before.metadata().uidOrEmpty());
            if (worker != null) {
                worker.post(Message.LOOK);
            }
            return;
        }
        String node = after.spec().nodeName();
        if (node != null && services.nodes().isOurs(node) && (before == null || PodChanges.matter(before, after))) {
            look(after);
        }
        if (node != null && before != null && PodChanges.areShownIn(after, before)) {
            refreshVolumes(after.metadata().uidOrEmpty());
        }
    }

    private void refreshVolumes(String podUid) {
        PodWorker worker = services.pods().find(podUid);
        if (worker != null) {
            services.runners().start("volumes/" + worker.key(), () -> new VolumeSetUp(services).refresh(worker));
        }
    }

    private void look(Pod pod) {
        PodWorker worker = services.pods().find(pod.metadata().uidOrEmpty());
        if (worker == null) {
            worker = services.pods().add(new PodWorker(services, pod));
        }
        worker.post(Message.LOOK);
    }

    /** Tells each pod what the driver has of it. */
    private void take(long sequence, List<SandboxState> all) {
        Map<String, List<SandboxState>> byPod = new HashMap<>();
        for (SandboxState sandbox : all) {
            byPod.merge(sandbox.podUid(), List.of(sandbox), Kubelet::joined);
        }
        for (PodWorker worker : services.pods().all()) {
            worker.post(new Message.Listed(sequence, byPod.getOrDefault(worker.uid(), List.of())));
        }
        for (Map.Entry<String, List<SandboxState>> entry : byPod.entrySet()) {
            if (services.pods().find(entry.getKey()) == null) {
                adopt(entry.getKey(), sequence, entry.getValue());
            }
        }
    }

    private static List<SandboxState> joined(List<SandboxState> some, List<SandboxState> more) {
        var all = new java.util.ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private void adopt(String uid, long sequence, List<SandboxState> sandboxes) {
        SandboxState first = sandboxes.getFirst();
        var key = new ObjectKey(first.namespace(), first.podName());
        Pod pod = services.store()
                .find(ResourceTypes.POD, key)
                .filter(found -> uid.equals(found.metadata().uid()))
                .orElse(null);
        if (pod == null) {
            sandboxes.forEach(sandbox -> new OrphanRemoval(services, key, sandbox.id()).start());
            return;
        }
        var listed = new Message.Listed(sequence, sandboxes);
        var worker = new PodWorker(services, pod);
        // Who asks for its log right after the start finds its containers.
        worker.takeOver(listed);
        PodWorker known = services.pods().add(worker);
        known.post(known.equals(worker) ? Message.LOOK : listed);
    }

    /**
     * {@return where this JVM reaches a port of the pod that has the address; empty when no running pod has it}. Never
     * blocks.
     */
    public Optional<InetSocketAddress> hostAddress(String podIp, int port, TransportProtocol protocol) {
        SandboxId sandbox = services.pods().at(podIp);
        return sandbox == null ? Optional.empty() : services.driver().hostAddress(sandbox, port, protocol);
    }

    /** Stops looking after pods, whose containers keep running, and ends all threads. */
    @Override
    public void close() {
        leases.close();
        services.watchdog().close();
        try {
            services.runners().close(services.options().closeTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Listener implements DriverListener {

        @Override
        public void podChanged(String podUid) {
            PodWorker worker = services.pods().find(podUid);
            if (worker != null) {
                worker.driverChanged();
            }
        }

        @Override
        public void nodesChanged() {
            if (isRefreshing.compareAndSet(false, true)) {
                services.runners().start("kubelet/nodes", () -> {
                    isRefreshing.set(false);
                    refreshNodes();
                });
            }
        }

        @Override
        public void eventsLost() {
            new ListOperation(services, Kubelet.this::take, isListing).start();
        }
    }

    private void refreshNodes() {
        Set<String> changed = new HashSet<>();
        try {
            changed.addAll(services.nodes().refresh());
            services.nodes().register(changed);
        } catch (RuntimeException e) {
            LOG.warn("the driver's nodes could not be registered, is tried again in {}", RETRY, e);
            services.nodes().forget(changed);
            services.time().schedule(RETRY, new Listener()::nodesChanged);
        }
        for (String node : changed) {
            for (Pod pod : services.store().podsOnNode(node)) {
                look(pod);
                PodWorker worker = services.pods().find(pod.metadata().uidOrEmpty());
                if (worker != null) {
                    worker.driverChanged();
                }
            }
        }
        if (!changed.isEmpty()) {
            services.pods().leaving().forEach(PodWorker::driverChanged);
        }
    }
}
