package dev.orchestrator.runtime.scheduler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.runtime.scheduler.framework.PodInfo;

/** The pods that wait for others to leave a node, so that nobody less important takes the room. Not thread-safe. */
final class Nominations {

    private final Map<String, String> nodes = new HashMap<>();
    private final Map<String, Map<String, PodInfo>> pods = new HashMap<>();

    /** Reserves room on a node, instead of that on another. */
    void put(PodInfo pod, String node) {
        String uid = pod.pod().metadata().uidOrEmpty();
        remove(uid);
        nodes.put(uid, node);
        pods.computeIfAbsent(node, name -> new LinkedHashMap<>()).put(uid, pod);
    }

    /** Gives up what was reserved for a pod. */
    void remove(String uid) {
        String node = nodes.remove(uid);
        if (node != null) {
            Map<String, PodInfo> there = pods.getOrDefault(node, new HashMap<>());
            there.remove(uid);
            if (there.isEmpty()) {
                pods.remove(node);
            }
        }
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** {@return the others that wait for the node and are at least as important as the pod} */
    List<PodInfo> atLeastAsImportant(PodInfo pod, String node) {
        var found = new ArrayList<PodInfo>(0);
        String uid = pod.pod().metadata().uidOrEmpty();
        for (PodInfo other : pods.getOrDefault(node, Map.of()).values()) {
            boolean isOther = !other.pod().metadata().uidOrEmpty().equals(uid);
            if (isOther && other.priority() >= pod.priority()) {
                found.add(other);
            }
        }
        return found;
    }

    /** {@return those that wait for the node and are less important than the pod} */
    List<PodInfo> lessImportant(PodInfo pod, String node) {
        return pods.getOrDefault(node, Map.of()).values().stream()
                .filter(other -> other.priority() < pod.priority())
                .toList();
    }
}
