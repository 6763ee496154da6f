package dev.orchestrator.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

import dev.orchestrator.api.OrchestratorOptions;
import dev.orchestrator.api.StateException;
import dev.orchestrator.api.SystemTime;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.autoscaling.MetricsSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.runtime.admission.AdmissionChain;
import dev.orchestrator.runtime.controller.autoscaler.AutoscalerController;
import dev.orchestrator.runtime.controller.clusterrole.ClusterRoleController;
import dev.orchestrator.runtime.controller.cronjob.CronJobController;
import dev.orchestrator.runtime.controller.customresource.CustomResourceController;
import dev.orchestrator.runtime.controller.daemonset.DaemonSetController;
import dev.orchestrator.runtime.controller.deployment.DeploymentController;
import dev.orchestrator.runtime.controller.disruption.DisruptionController;
import dev.orchestrator.runtime.controller.endpoints.EndpointsController;
import dev.orchestrator.runtime.controller.garbage.GarbageCollector;
import dev.orchestrator.runtime.controller.job.JobController;
import dev.orchestrator.runtime.controller.namespace.NamespaceController;
import dev.orchestrator.runtime.controller.namespace.SystemNamespaces;
import dev.orchestrator.runtime.controller.podgc.PodGarbageController;
import dev.orchestrator.runtime.controller.replicaset.ReplicaSetController;
import dev.orchestrator.runtime.controller.resourcequota.QuotaLedger;
import dev.orchestrator.runtime.controller.resourcequota.ResourceQuotaController;
import dev.orchestrator.runtime.controller.serviceaccount.ServiceAccountController;
import dev.orchestrator.runtime.controller.statefulset.StatefulSetController;
import dev.orchestrator.runtime.controller.tainteviction.TaintEvictionController;
import dev.orchestrator.runtime.controller.ttl.TtlAfterFinishedController;
import dev.orchestrator.runtime.handle.HandleContext;
import dev.orchestrator.runtime.handle.Lifespan;
import dev.orchestrator.runtime.handle.ServiceAddresses;
import dev.orchestrator.runtime.kubelet.Kubelet;
import dev.orchestrator.runtime.kubelet.KubeletOptions;
import dev.orchestrator.runtime.kubelet.volume.LastingVolumes;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventTtl;
import dev.orchestrator.runtime.loop.LoopManager;
import dev.orchestrator.runtime.loop.StoredEventRecorder;
import dev.orchestrator.runtime.network.ClusterNames;
import dev.orchestrator.runtime.network.PodServices;
import dev.orchestrator.runtime.network.ServiceNetwork;
import dev.orchestrator.runtime.ownership.RecordedOwnership;
import dev.orchestrator.runtime.scheduler.Scheduler;
import dev.orchestrator.runtime.scheduler.SchedulerProfile;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.disk.StateDirectory;
import dev.orchestrator.spi.DriverContext;
import dev.orchestrator.spi.DriverState;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Everything an orchestrator is made of, in the order in which it starts; it stops in the opposite order. */
final class Parts implements AutoCloseable {

    /** What a driver may take beyond the deadline it was given for its own end. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final OrchestratorOptions options;
    private final @Nullable SystemTime ownTime;
    private final Rehearsal rehearsal;
    private final TimeSource time;
    private final Beginning beginning;
    private final QuotaLedger quotas;
    private final ObjectStore store;
    private final StoredEventRecorder events;
    private final LoopManager loops;
    private final Kubelet kubelet;
    private final ServiceNetwork network;
    private final PodServices podServices;
    private final ClusterNames names;
    private final HandleContext handleContext;
    private final MetricsSource metrics;
    private final @Nullable StateDirectory state;
    private volatile boolean isDriverOurs = true;

    /**
     * Makes all parts and starts none.
     *
     * @param state what keeps the objects, closed with the parts; null if nothing does
     */
    Parts(OrchestratorOptions options, @Nullable StateDirectory state) {
        this.options = options;
        this.state = state;
        TimeSource given = options.time();
        this.ownTime = given == null ? new SystemTime() : null;
        TimeSource time = given == null ? requireOwn(ownTime) : given;
        this.rehearsal = Rehearsal.begin(time);
        // Admission reads the store and the store asks admission: the view closes the circle.
        var stored = new StoredView();
        this.quotas = new QuotaLedger(time);
        this.store = new ObjectStore(
                time,
                AdmissionChain.of(stored, options.admission(), Parts::isFreeOnHost),
                new RecordedOwnership(),
                quotas,
                StoreOptions.defaults(),
                state == null ? null : state.log());
        stored.connect(store);
        this.events = new StoredEventRecorder(store, time);
        this.loops = new LoopManager(store, time);
        this.kubelet = new Kubelet(
                options.driver(),
                store,
                events,
                time,
                kubeletOptions(given == null)
                        .withDrain(this::whenDrained)
                        .withVolumes(state == null ? null : lastingVolumes(state)));
        this.network = new ServiceNetwork(store, time, events, kubelet::hostAddress);
        this.podServices = new PodServices(store, options.driver());
        this.names = new ClusterNames(store, network, kubelet::hostAddress);
        var containers = new KubeletContainers(kubelet);
        this.metrics = options.autoscaling().metrics().and(new DriverMetrics(containers, time));
        this.handleContext = new HandleContext(store, time, containers, services(), new Lifespan(options.name()));
        this.time = time;
        this.beginning = new Beginning(time, this::connect, this::close);
    }

    private void connect() {
        controllers().forEach(loops::connect);
    }

    private List<Controller> controllers() {
        var controllers = new ArrayList<Controller>(List.of(
                new ServiceAccountController(store),
                new ClusterRoleController(store),
                new CustomResourceController(store, time),
                new Scheduler(
                        store,
                        time,
                        events,
                        SchedulerProfile.standard(ThreadLocalRandom.current().nextLong())
                                .with(options.scheduling())),
                kubelet,
                ReplicaSetController.ofReplicaSets(store, time, events),
                ReplicaSetController.ofReplicationControllers(store, time, events),
                new DeploymentController(store, time, events),
                new JobController(store, time, events),
                new CronJobController(store, time, events),
                new TtlAfterFinishedController(store, time),
                new DisruptionController(store, time, events),
                new StatefulSetController(store, time, events),
                new DaemonSetController(store, time, events),
                new EndpointsController(store),
                network,
                new GarbageCollector(store, events),
                new NamespaceController(store, time),
                new PodGarbageController(store, time),
                new TaintEvictionController(store, time, events),
                new ResourceQuotaController(store, time, quotas),
                new AutoscalerController(
                        store, time, events, options.autoscaling().withMetrics(metrics)),
                new EventTtl(store, time)));
        if (options.driver().routesServices()) {
            controllers.add(podServices);
        }
        return controllers;
    }

    private ServiceAddresses services() {
        return new ServiceAddresses() {
            @Override
            public Optional<InetSocketAddress> find(ObjectKey service, ServicePort port) throws IOException {
                return network.address(service, port.port(), protocol(port.protocol()));
            }

            @Override
            public void awaitKnown(List<Pod> pods, Duration limit) throws InterruptedException {
                // What was waited for has come: news that are late are no failure of it.
                long start = System.nanoTime();
                boolean isKnown = network.awaitKnown(pods, limit);
                if (isKnown && options.driver().routesServices()) {
                    podServices.awaitKnown(pods, limit.minusNanos(System.nanoTime() - start));
                }
            }
        };
    }

    private Runnable whenDrained(Pod pod, String podIp, Runnable task) {
        if (!options.driver().routesServices()) {
            return network.whenDrained(pod, podIp, task);
        }
        // One after the other: first nobody on the host sends it anything, then no pod does.
        var second = new AtomicReference<Runnable>(() -> {});
        Runnable first = network.whenDrained(pod, podIp, () -> second.set(podServices.whenDrained(pod, podIp, task)));
        return () -> {
            first.run();
            second.get().run();
        };
    }

    private static TimeSource requireOwn(@Nullable SystemTime own) {
        if (own == null) {
            throw new IllegalStateException("neither a time source was given nor one made");
        }
        return own;
    }

    // On the real time probes of pods that start together are spread; a manual clock wants them all at once.
    private static KubeletOptions kubeletOptions(boolean isRealTime) {
        KubeletOptions standard = KubeletOptions.standard();
        return isRealTime
                ? standard.withProbeSpread(() -> ThreadLocalRandom.current().nextDouble())
                : standard;
    }

    private static LastingVolumes lastingVolumes(StateDirectory state) {
        return new LastingVolumes(state.beside("volumes"), "orchestrator-volumes-of-" + state.id());
    }

    private static boolean isFreeOnHost(int port) {
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static TransportProtocol protocol(@Nullable String name) {
        return name == null ? TransportProtocol.TCP : TransportProtocol.valueOf(name);
    }

    HandleContext handleContext() {
        return handleContext;
    }

    MetricsSource metrics() {
        return metrics;
    }

    void start() throws InterruptedException {
        beginning.start();
        try {
            options.driver().start(new Lent());
        } catch (IllegalStateException e) {
            isDriverOurs = false;
            throw e;
        }
        SystemNamespaces.ensure(store);
        kubelet.start();
        beginning.finish(loops::start);
    }

    @Override
    public void close() {
        handleContext.life().end();
        closeLogged("beginning", beginning::close);
        closeLogged("loops", loops::close);
        closeLogged("kubelet", kubelet::close);
        closeLogged("network", network::close);
        closeLogged("pod services", podServices::close);
        if (isDriverOurs) {
            closeLogged("driver", this::closeDriver);
        }
        closeLogged("volumes", kubelet.volumes()::close);
        closeLogged("events", events::close);
        closeLogged("store", store::close);
        StateDirectory kept = state;
        if (kept != null) {
            closeLogged("state", kept::close);
        }
        closeLogged("rehearsal", rehearsal::close);
        SystemTime own = ownTime;
        if (own != null) {
            closeLogged("time", own::close);
        }
    }

    /** A driver that does not keep the deadline it was given is left behind, and all else is closed. */
    private void closeDriver() {
        Thread closing = Thread.ofPlatform()
                .daemon()
                .name("orchestrator-close-driver")
                .start(() -> closeLogged("driver", options.driver()::close));
        Duration most = options.closeTimeout().plus(PATIENCE);
        try {
            if (!closing.join(most)) {
                LoggerFactory.getLogger(Parts.class).error("the driver has not closed within {}", most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // One part that fails to close must not keep the others open.
    private static void closeLogged(String part, Runnable close) {
        try {
            close.run();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Parts.class).error("{} could not be closed", part, e);
        }
    }

    /** What the driver is lent. */
    private final class Lent implements DriverContext {

        @Override
        public Optional<DriverState> state() {
            StateDirectory kept = state;
            return kept == null ? Optional.empty() : Optional.of(new DriverState(kept.id(), folder(kept)));
        }

        private Path folder(StateDirectory kept) {
            try {
                return Files.createDirectories(kept.beside(options.driver().name()));
            } catch (IOException e) {
                throw new StateException(
                        StateException.Reason.INACCESSIBLE, "no directory for the driver can be made: " + e, e);
            }
        }

        @Override
        public String owner() {
            return options.name();
        }

        @Override
        public TimeSource time() {
            return kubelet.driverTime();
        }

        @Override
        public Duration closeTimeout() {
            return options.closeTimeout();
        }

        @Override
        public Optional<InetSocketAddress> resolve(
                String namespace, String host, int port, TransportProtocol protocol) {
            return names.resolve(namespace, host, port, protocol);
        }
    }
}
