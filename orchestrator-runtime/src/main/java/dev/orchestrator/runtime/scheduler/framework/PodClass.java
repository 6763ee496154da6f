package dev.orchestrator.runtime.scheduler.framework;

import java.util.Map;

import dev.orchestrator.api.model.core.Pod;

/**
 * What selectors see of a pod; they can not tell pods of one class apart.
 *
 * @param namespace where the pod is
 * @param labels its labels
 * @param isTerminating whether it is being deleted: it still keeps others away, but is not spread from any more
 */
public record PodClass(String namespace, Map<String, String> labels, boolean isTerminating) {

    /** {@return the class of a pod} */
    public static PodClass of(Pod pod) {
        var metadata = pod.metadata();
        return new PodClass(metadata.namespaceOrEmpty(), metadata.labels(), metadata.isTerminating());
    }
}
