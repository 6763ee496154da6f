package dev.orchestrator.runtime.kubelet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/** Which pods wait for room on their node to grow: they look again when another pod of the node changes. */
final class DeferredResizes {

    private final Map<PodWorker, String> waiting = new ConcurrentHashMap<>();

    void add(PodWorker worker, String node) {
        waiting.put(worker, node);
    }

    void remove(PodWorker worker) {
        waiting.remove(worker);
    }

    /** Tells those that wait on the node of a pod that it has changed or is gone. */
    void changed(@Nullable Pod pod) {
        if (pod == null || waiting.isEmpty()) {
            return;
        }
        waiting.forEach((worker, node) -> {
            if (node.equals(pod.spec().nodeName())
                    && !worker.uid().equals(pod.metadata().uid())) {
                worker.post(Message.LOOK);
            }
        });
    }
}
