package dev.orchestrator.runtime.controller.daemonset;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.controller.daemonset.NodeChoice.Place;
import dev.orchestrator.runtime.revision.Revisions;

/**
 * A daemon set, its nodes and its pods.
 *
 * @param set what is wanted
 * @param hash names the present template
 * @param places what each node is to the set, by name
 * @param podsByNode the pods, by the nodes they run on or are meant for, each node's oldest first
 * @param now when this was seen
 */
record DaemonSetState(
        DaemonSet set, String hash, Map<String, Place> places, Map<String, List<Pod>> podsByNode, Instant now) {

    private static final Comparator<Pod> OLDEST_FIRST = Comparator.comparing((Pod pod) -> !DaemonPod.isBound(pod))
            .thenComparing(pod -> pod.metadata().creationTimestamp(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(pod -> pod.metadata().nameOrEmpty());

    static DaemonSetState of(DaemonSet set, String hash, Map<String, Place> places, List<Pod> pods, Instant now) {
        var byNode = new LinkedHashMap<String, List<Pod>>();
        for (Pod pod : pods) {
            boolean isOver = pod.isFinished() && pod.metadata().isTerminating();
            if (!isOver) {
                DaemonPod.node(pod)
                        .ifPresent(node -> byNode.computeIfAbsent(node, missing -> new ArrayList<>())
                                .add(pod));
            }
        }
        byNode.values().forEach(each -> each.sort(OLDEST_FIRST));
        return new DaemonSetState(set, hash, places, byNode, now);
    }

    /** {@return what each node is to a set, by name} */
    static Map<String, Place> places(DaemonSet set, Collection<Node> nodes) {
        NodeChoice choice = NodeChoice.of(set);
        var places = new LinkedHashMap<String, Place>();
        nodes.forEach(node -> places.put(node.metadata().nameOrEmpty(), choice.place(node)));
        return places;
    }

    List<Pod> podsOf(String node) {
        return podsByNode.getOrDefault(node, List.of());
    }

    boolean isUpdated(Pod pod) {
        return hash.equals(pod.metadata().labels().get(Revisions.POD_LABEL));
    }

    boolean isAvailable(Pod pod) {
        return pod.isAvailable(minReady(), now);
    }

    Duration minReady() {
        return Duration.ofSeconds(set.spec().minReadySeconds());
    }

    int desired() {
        int desired = 0;
        for (Place place : places.values()) {
            desired += place == Place.WANTED ? 1 : 0;
        }
        return desired;
    }
}
