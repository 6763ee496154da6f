package dev.orchestrator.runtime.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.runtime.store.ObjectStore;

/** Whether whoever acts for services has heard what is new of pods. */
final class ServiceNews {

    private final ObjectStore store;
    private final Drain drain;
    private final Duration longest;

    /**
     * Creates it for one who acts for services.
     *
     * @param drain what that one does now
     * @param longest how long news of a pod may take: only so that nobody waits for ever
     */
    ServiceNews(ObjectStore store, Drain drain, Duration longest) {
        this.store = store;
        this.drain = drain;
        this.longest = longest;
    }

    /**
     * Waits until every service sends connections to those of the pods that are ready, and none to those that are being
     * deleted: the news of a pod reaches the services a moment after it can be read in the pod.
     *
     * @param limit after which this returns anyway
     * @param isClosed whether nobody acts for services any more
     * @return whether it is so, or nobody acts; otherwise some news are on their way still
     * @throws InterruptedException if interrupted while waiting
     */
    boolean await(List<Pod> known, Duration limit, BooleanSupplier isClosed) throws InterruptedException {
        var pending = new ArrayList<>(known);
        return drain.await(
                () -> {
                    // Pods that are waited for together mostly share a namespace.
                    var services = new HashMap<String, List<Service>>();
                    pending.removeIf(pod -> isKnown(
                            pod.key(),
                            services.computeIfAbsent(
                                    pod.key().namespace(), it -> store.list(ResourceTypes.SERVICE, it))));
                    return pending.isEmpty() || isClosed.getAsBoolean();
                },
                limit.compareTo(longest) < 0 ? limit : longest);
    }

    private boolean isKnown(ObjectKey key, List<Service> candidates) {
        Pod pod = store.find(ResourceTypes.POD, key).orElse(null);
        String ip = pod == null ? null : pod.status().podIP();
        if (pod == null || ip == null || pod.isFinished()) {
            return true;
        }
        for (Service service : candidates) {
            if (ServiceNetwork.sendsTo(service, pod) && takes(service, ip) && !isKnown(pod, ip, service.key())) {
                return false;
            }
        }
        return true;
    }

    private static boolean takes(Service service, String ip) {
        List<String> families = service.spec().ipFamilies();
        return families.isEmpty() || families.contains(ip.indexOf(':') >= 0 ? "IPv6" : "IPv4");
    }

    private boolean isKnown(Pod pod, String ip, ObjectKey service) {
        if (pod.metadata().isTerminating()) {
            return drain.hasLetGo(service, ip);
        }
        return !pod.isReady() || drain.isReceiving(service, ip);
    }
}
