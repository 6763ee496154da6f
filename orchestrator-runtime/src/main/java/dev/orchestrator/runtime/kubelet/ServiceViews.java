package dev.orchestrator.runtime.kubelet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.runtime.kubelet.env.ServiceVariables;
import dev.orchestrator.runtime.store.ObjectStore;

/** The service variables of each namespace, worked out once and shared by its pods until a service changes. */
final class ServiceViews {

    private static final String MASTER_NAMESPACE = "default";
    private static final ObjectKey MASTER = new ObjectKey(MASTER_NAMESPACE, "kubernetes");

    private final ObjectStore store;
    private final Map<String, Map<String, String>> linked = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> unlinked = new ConcurrentHashMap<>();

    ServiceViews(ObjectStore store) {
        this.store = store;
    }

    /** {@return the variables for a new container of the pod} */
    Map<String, String> variables(Pod pod) {
        String namespace = pod.metadata().namespaceOrEmpty();
        return Boolean.FALSE.equals(pod.spec().enableServiceLinks())
                ? unlinked.computeIfAbsent("", ignored -> ServiceVariables.of(master()))
                : linked.computeIfAbsent(namespace, this::all);
    }

    /** Says that a service of that namespace has changed. */
    void changed(String namespace) {
        if (namespace.equals(MASTER_NAMESPACE)) {
            linked.clear();
            unlinked.clear();
        } else {
            linked.remove(namespace);
        }
    }

    private Map<String, String> all(String namespace) {
        var services = new ArrayList<Service>();
        if (!namespace.equals(MASTER_NAMESPACE)) {
            services.addAll(master());
        }
        services.addAll(store.list(ResourceTypes.SERVICE, namespace));
        return ServiceVariables.of(services);
    }

    private List<Service> master() {
        Optional<Service> master = store.find(ResourceTypes.SERVICE, MASTER);
        return master.map(List::of).orElseGet(List::of);
    }
}
