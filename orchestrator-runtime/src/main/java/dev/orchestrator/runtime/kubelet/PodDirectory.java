package dev.orchestrator.runtime.kubelet;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.spi.SandboxId;
import org.jspecify.annotations.Nullable;

/** The workers of all pods by uid, and their sandboxes by address. */
final class PodDirectory {

    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final Set<PodWorker> leaving = ConcurrentHashMap.newKeySet();
    private final Map<String, SandboxId> byAddress = new ConcurrentHashMap<>();

    @Nullable
    PodWorker find(String uid) {
        return workers.get(uid);
    }

    Collection<PodWorker> all() {
        return workers.values();
    }

    /** {@return the worker that takes care of the pod: the given one, or the one that does already} */
    PodWorker add(PodWorker worker) {
        PodWorker present = workers.putIfAbsent(worker.uid(), worker);
        return present == null ? worker : present;
    }

    void remove(PodWorker worker) {
        workers.remove(worker.uid(), worker);
        leaving.remove(worker);
    }

    /** The object of the pod is gone, what the driver has of it is not yet. */
    void left(PodWorker worker) {
        leaving.add(worker);
    }

    /** {@return the workers of pods whose objects are gone, which nobody finds through the store any more} */
    Collection<PodWorker> leaving() {
        return leaving;
    }

    /** {@return the sandbox that has the address now} */
    @Nullable
    SandboxId at(String ip) {
        return byAddress.get(ip);
    }

    void listed(List<String> ips, SandboxId sandbox) {
        for (String ip : ips) {
            byAddress.put(ip, sandbox);
        }
    }

    void unlisted(List<String> ips, SandboxId sandbox) {
        for (String ip : ips) {
            byAddress.remove(ip, sandbox);
        }
    }
}
