package dev.orchestrator.runtime.scheduler.topology;

import java.util.List;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.runtime.scheduler.framework.Namespaces;
import dev.orchestrator.runtime.scheduler.framework.NodeScope;
import dev.orchestrator.runtime.scheduler.framework.PodClass;
import dev.orchestrator.runtime.scheduler.framework.PodSelector;

/**
 * What is to be counted.
 *
 * @param pods the pods that all of these select
 * @param topologyKey the label of nodes by whose values they are counted
 * @param scope the nodes that count
 * @param withTerminating whether pods that are being deleted count
 */
record Question(List<PodSelector> pods, String topologyKey, NodeScope scope, boolean withTerminating) {

    Question {
        pods = List.copyOf(pods);
    }

    boolean matches(PodClass candidate, Namespaces namespaces) {
        if (candidate.isTerminating() && !withTerminating) {
            return false;
        }
        for (PodSelector selector : pods) {
            if (!selector.matches(candidate, namespaces)) {
                return false;
            }
        }
        return true;
    }

    /** {@return labels that every counted pod has} */
    Selector labels() {
        return pods.getFirst().labels();
    }

    boolean dependsOnNamespaceLabels() {
        return pods.stream().anyMatch(selector -> selector.namespaceSelector() != null);
    }
}
