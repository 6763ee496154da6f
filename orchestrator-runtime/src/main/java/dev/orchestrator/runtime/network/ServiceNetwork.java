package dev.orchestrator.runtime.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.network.proxy.ProxySettings;
import dev.orchestrator.runtime.network.proxy.ServiceProxy;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an address open for every port of every service and forwards what arrives there to the ready endpoints.
 *
 * <p>An address exists from the first moment somebody asks for it and stays until the service is deleted.
 */
public final class ServiceNetwork implements Controller, AutoCloseable {

    private static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final String COMPONENT = "service-proxy";

    /** News of a pod take a moment. */
    private static final Duration NEWS_LIMIT = Duration.ofSeconds(5);

    /** The sockets of one service; a service that is deleted and created again gets new ones. */
    private record Entry(String uid, OpenService sockets) {}

    private final ObjectStore store;
    private final TimeSource time;
    private final EventRecorder events;
    private final PodAddresses pods;
    private final Drain drain = new Drain();
    private final Map<ObjectKey, Entry> services = new ConcurrentHashMap<>();
    private final Map<String, ObjectKey> clusterIps = new ConcurrentHashMap<>();
    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable ServiceProxy proxy;
    private volatile boolean closed;

    /** Creates the network; threads and sockets come with the first service. */
    public ServiceNetwork(ObjectStore store, TimeSource time, EventRecorder events, PodAddresses pods) {
        this.store = store;
        this.time = time;
        this.events = events;
        this.pods = pods;
    }

    @Override
    public String name() {
        return COMPONENT;
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<ObjectKey> queue = wiring.queue(COMPONENT, 1, this::reconcile);
        wiring.watch(ResourceTypes.SERVICE, change -> {
            indexClusterIps(change);
            queue.add(change.object().key());
        });
        watchSlices(wiring, queue);
    }

    /** Adds the service of each slice that changes to a queue. */
    static void watchSlices(Wiring wiring, WorkQueue<ObjectKey> queue) {
        wiring.watch(ResourceTypes.ENDPOINT_SLICE, change -> {
            EndpointSlice slice = change.object();
            String service = slice.metadata().labels().get(SERVICE_LABEL);
            if (service != null) {
                queue.add(new ObjectKey(slice.key().namespace(), service));
            }
        });
    }

    private void indexClusterIps(Change<Service> change) {
        Service before = change.before();
        Service after = change.after();
        if (before != null) {
            before.spec().clusterIPs().forEach(ip -> clusterIps.remove(ip, before.key()));
        }
        if (after != null) {
            after.spec().clusterIPs().forEach(ip -> clusterIps.put(ip, after.key()));
        }
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<Service> found = store.find(ResourceTypes.SERVICE, key);
        if (found.isEmpty() || !isProxied(found.get())) {
            close(key);
            return Outcome.done();
        }
        Service service = found.get();
        List<EndpointSlice> slices = slices(store, key);
        try {
            OpenService sockets = sockets(service);
            sockets.update(service, slices, pods);
        } catch (IOException e) {
            events.event(service, "Warning", "PortNotAvailable", String.valueOf(e.getMessage()), COMPONENT);
            return Outcome.retry();
        } finally {
            drain.update(key, receiving(slices), ending(slices));
        }
        return Outcome.done();
    }

    static List<EndpointSlice> slices(ObjectStore store, ObjectKey service) {
        return store.matching(
                ResourceTypes.ENDPOINT_SLICE,
                service.namespace(),
                Selector.ofLabels(Map.of(SERVICE_LABEL, service.name())));
    }

    static Set<String> receiving(List<EndpointSlice> slices) {
        Set<String> ips = new HashSet<>();
        for (EndpointSlice slice : slices) {
            for (Endpoint endpoint : slice.endpoints()) {
                // A service that publishes pods that are not ready lists one that terminates as ready, too.
                boolean isTerminating =
                        Boolean.TRUE.equals(endpoint.conditions().terminating());
                if (!isTerminating
                        && !Boolean.FALSE.equals(endpoint.conditions().ready())) {
                    ips.addAll(endpoint.addresses());
                }
            }
        }
        return ips;
    }

    static Set<String> ending(List<EndpointSlice> slices) {
        return slices.stream()
                .flatMap(slice -> slice.endpoints().stream())
                .filter(endpoint -> Boolean.TRUE.equals(endpoint.conditions().terminating()))
                .flatMap(endpoint -> endpoint.addresses().stream())
                .collect(Collectors.toSet());
    }

    /** {@return whether connections go through the proxy: headless and external services are names only} */
    static boolean isProxied(Service service) {
        return !"ExternalName".equals(service.spec().type())
                && !"None".equals(service.spec().clusterIP());
    }

    private OpenService sockets(Service service) throws IOException {
        ServiceProxy running = proxy();
        Entry entry = services.compute(service.key(), (key, existing) -> {
            if (existing != null && existing.uid().equals(service.metadata().uidOrEmpty())) {
                return existing;
            }
            if (existing != null) {
                existing.sockets().close();
            }
            return new Entry(service.metadata().uidOrEmpty(), new OpenService(running));
        });
        return entry.sockets();
    }

    private void close(ObjectKey key) {
        Entry entry = services.remove(key);
        if (entry != null) {
            entry.sockets().close();
        }
        drain.forget(key);
    }

    private ServiceProxy proxy() throws IOException {
        ServiceProxy running = proxy;
        if (running != null) {
            return running;
        }
        starting.lock();
        try {
            if (closed) {
                throw new IOException("the network is closed");
            }
            running = proxy;
            if (running == null) {
                running = ServiceProxy.start(ProxySettings.defaults(), time);
                proxy = running;
            }
            return running;
        } finally {
            starting.unlock();
        }
    }

    /**
     * {@return where a port of a service is reached from this JVM; the same for the life of the service; empty if the
     * service does not exist, has no such port, or is headless or external}
     *
     * @throws IOException if the system has no port to give
     */
    public Optional<InetSocketAddress> address(ObjectKey key, int port, TransportProtocol protocol) throws IOException {
        Optional<Service> service = store.find(ResourceTypes.SERVICE, key).filter(ServiceNetwork::isProxied);
        if (service.isEmpty()) {
            return Optional.empty();
        }
        for (ServicePort candidate : service.get().spec().ports()) {
            if (candidate.port() == port && Protocols.of(candidate.protocol()) == protocol) {
                return sockets(service.get()).address(candidate, OpenService.options(service.get()));
            }
        }
        return Optional.empty();
    }

    /** {@return the service that has this cluster IP} */
    Optional<ObjectKey> serviceAt(String clusterIp) {
        return Optional.ofNullable(clusterIps.get(clusterIp));
    }

    /**
     * Runs a task once no service sends a pod that is being deleted new connections, and none can begin to; at once if
     * that is so.
     *
     * @return takes the task back
     */
    public Runnable whenDrained(Pod pod, String podIp, Runnable task) {
        return drain.whenDrained(podIp, selecting(store, pod), task);
    }

    /** {@return the services that send the pod connections while it is ready} */
    static Set<ObjectKey> selecting(ObjectStore store, Pod pod) {
        return store.list(ResourceTypes.SERVICE, pod.key().namespace()).stream()
                .filter(service -> sendsTo(service, pod))
                .map(Service::key)
                .collect(Collectors.toSet());
    }

    /**
     * Waits until every service sends connections to those of the pods that are ready, and none to those that are being
     * deleted: the news of a pod reaches the services a moment after it can be read in the pod.
     *
     * @param limit after which this returns anyway
     * @return whether it is so, or the network closed; otherwise some news are on their way still
     * @throws InterruptedException if interrupted while waiting
     */
    public boolean awaitKnown(List<Pod> known, Duration limit) throws InterruptedException {
        return new ServiceNews(store, drain, NEWS_LIMIT).await(known, limit, () -> closed);
    }

    static boolean sendsTo(Service service, Pod pod) {
        Map<String, String> selector = service.spec().selector();
        return isProxied(service)
                && !selector.isEmpty()
                && pod.metadata().labels().entrySet().containsAll(selector.entrySet());
    }

    /** Closes every socket and ends the proxy's threads. */
    @Override
    public void close() {
        starting.lock();
        try {
            closed = true;
            drain.stir();
            services.values().forEach(entry -> entry.sockets().close());
            services.clear();
            ServiceProxy running = proxy;
            if (running != null) {
                running.close();
            }
        } finally {
            starting.unlock();
        }
    }
}
