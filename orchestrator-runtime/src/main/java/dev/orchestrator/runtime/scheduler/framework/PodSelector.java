package dev.orchestrator.runtime.scheduler.framework;

import java.util.HashSet;
import java.util.Set;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.PodAffinityTerm;
import org.jspecify.annotations.Nullable;

/**
 * Pods of some namespaces that have some labels.
 *
 * @param namespaces the names of the namespaces
 * @param namespaceSelector the labels of more namespaces; null for none
 * @param labels the labels of the pods
 */
public record PodSelector(Set<String> namespaces, @Nullable Selector namespaceSelector, Selector labels) {

    /** Copies the names. */
    public PodSelector {
        namespaces = Set.copyOf(namespaces);
    }

    /**
     * {@return the pods that an affinity term means}
     *
     * @param owner the namespace of the pod whose term it is
     */
    static PodSelector of(PodAffinityTerm term, String owner) {
        var namespaceSelector = term.namespaceSelector();
        if (term.namespaces().isEmpty() && namespaceSelector == null) {
            return of(owner, Selector.of(term.labelSelector()));
        }
        return new PodSelector(
                new HashSet<>(term.namespaces()),
                namespaceSelector == null ? null : Selector.of(namespaceSelector),
                Selector.of(term.labelSelector()));
    }

    /** {@return the pods of one namespace with these labels} */
    static PodSelector of(String namespace, Selector labels) {
        return new PodSelector(Set.of(namespace), null, labels);
    }

    /** {@return whether pods of the class are among them} */
    public boolean matches(PodClass pods, Namespaces known) {
        return labels.matches(pods.labels())
                && (namespaces.contains(pods.namespace())
                        || (namespaceSelector != null && namespaceSelector.matches(known.labelsOf(pods.namespace()))));
    }
}
