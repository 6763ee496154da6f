package dev.orchestrator.runtime.controller.endpoints;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.runtime.store.ObjectStore;

/** What the endpoint controllers ask about services. */
final class Services {

    static final String HEADLESS = "service.kubernetes.io/headless";

    private Services() {}

    /**
     * {@return whether the service's endpoints follow its pods; not if someone else writes them or it is a mere name}
     */
    static boolean selectsPods(Service service) {
        return !service.spec().selector().isEmpty()
                && !"ExternalName".equals(service.spec().type());
    }

    static boolean isHeadless(Service service) {
        return "None".equals(service.spec().clusterIP());
    }

    /** {@return the pods that the service selects} */
    static List<Pod> pods(ObjectStore store, Service service) {
        return store.matching(
                ResourceTypes.POD,
                service.metadata().namespaceOrEmpty(),
                Selector.ofLabels(service.spec().selector()));
    }

    /** {@return the labels of the service, which its endpoints carry too, and the mark of a headless one} */
    static Map<String, String> inheritedLabels(Service service) {
        var labels = new HashMap<>(service.metadata().labels());
        labels.remove(HEADLESS);
        if (isHeadless(service)) {
            labels.put(HEADLESS, "");
        }
        return labels;
    }

    /** {@return whether nothing can be created there any more} */
    static boolean isNamespaceTerminating(ObjectStore store, ObjectKey key) {
        return store.find(ResourceTypes.NAMESPACE, ObjectKey.cluster(key.namespace()))
                .filter(namespace -> namespace.metadata().isTerminating())
                .isPresent();
    }
}
