package dev.orchestrator.runtime.kubelet;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceType;

/** Which pods wait for which objects, so that they go on as soon as the object appears or changes. */
final class MissingObjects {

    private record Wanted(String kind, ObjectKey key) {}

    private final Map<Wanted, Set<PodWorker>> waiting = new ConcurrentHashMap<>();

    void add(ResourceType<?> type, ObjectKey key, PodWorker worker) {
        waiting.computeIfAbsent(new Wanted(type.kind(), key), ignored -> ConcurrentHashMap.newKeySet())
                .add(worker);
    }

    /** Tells the pods that wait for this object. */
    void appeared(ResourceType<?> type, ObjectKey key) {
        Set<PodWorker> workers = waiting.isEmpty() ? null : waiting.remove(new Wanted(type.kind(), key));
        if (workers != null) {
            workers.forEach(worker -> worker.post(new Message.ObjectAppeared()));
        }
    }
}
