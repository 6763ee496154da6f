package dev.orchestrator.runtime.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.spi.ContainerDriver;

/**
 * Tells a driver whose pods have a network of their own what services there are. Apart from the proxy of this JVM, so
 * that a driver that hangs stops nobody on the host.
 */
public final class PodServices implements Controller, AutoCloseable {

    private static final String COMPONENT = "pod-services";

    /** A driver may have to make something first, and says within seconds if it can not. */
    private static final Duration NEWS_LIMIT = Duration.ofSeconds(20);

    private final ObjectStore store;
    private final ContainerDriver driver;
    private final Drain drain = new Drain();
    private volatile boolean isClosed;

    /** Creates the controller of one driver; it is of no use to one that does not route services. */
    public PodServices(ObjectStore store, ContainerDriver driver) {
        this.store = store;
        this.driver = driver;
    }

    @Override
    public String name() {
        return COMPONENT;
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<ObjectKey> queue = wiring.queue(COMPONENT, 1, this::reconcile);
        wiring.watch(ResourceTypes.SERVICE, change -> queue.add(change.object().key()));
        ServiceNetwork.watchSlices(wiring, queue);
    }

    private Outcome reconcile(ObjectKey key) throws InterruptedException {
        Optional<Service> found = store.find(ResourceTypes.SERVICE, key);
        if (found.isEmpty()) {
            driver.withdrawService(key.namespace(), key.name());
            drain.forget(key);
            return Outcome.done();
        }
        Service service = found.get();
        List<EndpointSlice> slices = ServiceNetwork.slices(store, key);
        driver.publishService(PublishedPlan.of(service, slices));
        if (ServiceNetwork.isProxied(service)) {
            drain.update(key, ServiceNetwork.receiving(slices), ServiceNetwork.ending(slices));
        } else {
            drain.forget(key);
        }
        return Outcome.done();
    }

    /**
     * Waits until every service leads pods to those of the pods that are ready, and to none of those that are being
     * deleted.
     *
     * @param limit after which this returns anyway
     * @return whether it is so
     * @throws InterruptedException if interrupted while waiting
     */
    public boolean awaitKnown(List<Pod> known, Duration limit) throws InterruptedException {
        return new ServiceNews(store, drain, NEWS_LIMIT).await(known, limit, () -> isClosed);
    }

    /** Lets all go that wait. */
    @Override
    public void close() {
        isClosed = true;
        drain.stir();
    }

    /**
     * Runs a task once no pod is sent to a pod that is being deleted by a service, and none can begin to be; at once if
     * that is so.
     *
     * @return takes the task back
     */
    public Runnable whenDrained(Pod pod, String podIp, Runnable task) {
        Set<ObjectKey> selecting = ServiceNetwork.selecting(store, pod);
        return drain.whenDrained(podIp, selecting, task);
    }
}
