package dev.orchestrator.runtime.scheduler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.runtime.scheduler.SchedulingQueue.Waiting;
import dev.orchestrator.runtime.scheduler.framework.ClusterEvent;
import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.PodTerms;

/**
 * The unschedulable pods that something far from the nodes that refused them may help.
 *
 * <p>Pods that want the same of others are asked about once: ten thousand pods of one template cost as much as one.
 */
final class Entangled {

    private static final class Group {
        private final PodInfo example;
        private final Set<FilterPlugin> refusedBy = new LinkedHashSet<>();
        private final Set<Waiting> members = new LinkedHashSet<>();

        Group(PodInfo example) {
            this.example = example;
        }
    }

    private final Map<Object, Group> groups = new LinkedHashMap<>();

    private static Object keyOf(Waiting pod, PodInfo refusedAs) {
        return refusedAs.terms() == PodTerms.NONE ? pod : refusedAs.terms();
    }

    /** Adds a pod, or rules that refused it besides; those that look at single nodes only are of no interest. */
    void add(Waiting pod, PodInfo refusedAs, Set<FilterPlugin> refusedBy) {
        for (FilterPlugin plugin : refusedBy) {
            if (plugin.looksAround()) {
                Group group = groups.computeIfAbsent(keyOf(pod, refusedAs), key -> new Group(refusedAs));
                group.refusedBy.add(plugin);
                group.members.add(pod);
            }
        }
    }

    /** Forgets a pod. */
    void remove(Waiting pod, PodInfo refusedAs) {
        Object key = keyOf(pod, refusedAs);
        Group group = groups.get(key);
        if (group != null) {
            group.members.remove(pod);
            if (group.members.isEmpty()) {
                groups.remove(key);
            }
        }
    }

    /** {@return the pods that one of the events may help} */
    List<Waiting> helpedBy(List<ClusterEvent> events) {
        if (groups.isEmpty()) {
            return List.of();
        }
        var helped = new ArrayList<Waiting>();
        for (Group group : groups.values()) {
            if (isHelped(group, events)) {
                helped.addAll(group.members);
            }
        }
        return helped;
    }

    private static boolean isHelped(Group group, List<ClusterEvent> events) {
        for (FilterPlugin plugin : group.refusedBy) {
            for (ClusterEvent event : events) {
                if (plugin.mayBeHelpedBy(group.example, event)) {
                    return true;
                }
            }
        }
        return false;
    }
}
