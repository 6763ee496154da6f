package dev.orchestrator.runtime.controller.namespace;

import java.util.List;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.NamespaceBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** The namespaces that every cluster has. */
public final class SystemNamespaces {

    private static final List<String> NAMES = List.of("default", "kube-system", "kube-public", "kube-node-lease");

    private SystemNamespaces() {}

    /** Creates those that do not exist yet. May be repeated. */
    public static void ensure(ObjectStore store) {
        for (String name : NAMES) {
            if (store.find(ResourceTypes.NAMESPACE, ObjectKey.cluster(name)).isEmpty()) {
                create(store, name);
            }
        }
    }

    private static void create(ObjectStore store, String name) {
        Namespace namespace = NamespaceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .build();
        try {
            store.create(namespace, WriteRequest.ofController("system-namespaces"));
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.ALREADY_EXISTS) {
                throw e;
            }
        }
    }
}
