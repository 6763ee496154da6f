package dev.orchestrator.runtime.scheduler;

import java.util.List;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.Refusal;
import dev.orchestrator.runtime.scheduler.framework.Trial;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** A trial on the snapshot itself: filters answer from what is counted, so what is to be gone is not counted. */
record StoredTrial(SchedulingCycle cycle, ClusterSnapshot snapshot, ObjectStore store) implements Trial {

    @Override
    public int nodeCount() {
        return snapshot.nodes().size();
    }

    @Override
    public @Nullable NodeInfo find(String node) {
        return snapshot.find(node);
    }

    @Override
    public @Nullable Refusal check(PodInfo pod, NodeInfo node) {
        return cycle.check(pod, node);
    }

    @Override
    public void remove(PlacedPod pod, NodeInfo node) {
        snapshot.remove(pod, node);
    }

    @Override
    public void add(PlacedPod pod, NodeInfo node) {
        snapshot.add(pod, node);
    }

    @Override
    public @Nullable Pod stored(PlacedPod pod) {
        return store.find(ResourceTypes.POD, pod.key())
                .filter(found -> found.metadata().uidOrEmpty().equals(pod.uid()))
                .orElse(null);
    }

    @Override
    public List<PodDisruptionBudget> budgets(String namespace) {
        return store.list(ResourceTypes.POD_DISRUPTION_BUDGET, namespace);
    }
}
