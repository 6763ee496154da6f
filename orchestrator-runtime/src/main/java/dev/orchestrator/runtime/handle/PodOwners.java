package dev.orchestrator.runtime.handle;

import java.util.List;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.runtime.store.ObjectStore;

/** Finds the pods of an object. */
final class PodOwners {

    private PodOwners() {}

    /** {@return the pods that an object controls, itself or through replica sets; those a service selects} */
    static List<Pod> pods(ObjectStore store, Resource object) {
        String uid = object.metadata().uidOrEmpty();
        if (object instanceof Deployment) {
            return store.controlledBy(ResourceTypes.REPLICA_SET, uid).stream()
                    .flatMap(set -> store.podsControlledBy(set.metadata().uidOrEmpty()).stream())
                    .toList();
        }
        if (object instanceof Service service) {
            return service.spec().selector().isEmpty()
                    ? List.of()
                    : store.matching(
                            ResourceTypes.POD,
                            service.metadata().namespaceOrEmpty(),
                            Selector.ofLabels(service.spec().selector()));
        }
        return store.podsControlledBy(uid);
    }
}
