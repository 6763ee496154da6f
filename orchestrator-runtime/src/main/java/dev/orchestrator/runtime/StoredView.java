package dev.orchestrator.runtime;

import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ServiceAccountBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.admission.kind.StoredObjects;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;

/**
 * Lets admission read the store that is made after it.
 *
 * <p>The service account {@code default} of a namespace is there as soon as somebody looks for it: a pod may be created
 * right after its namespace, before the controller that makes the accounts has had its turn.
 */
final class StoredView implements StoredObjects {

    private static final String DEFAULT = "default";

    private @Nullable ObjectStore store;

    /** Says which store is read; called once, before anything is written. */
    void connect(ObjectStore made) {
        store = made;
    }

    @Override
    public <R extends Resource> Optional<R> find(ResourceType<R> type, ObjectKey key) {
        Optional<R> found = connected().find(type, key);
        if (found.isPresent()
                || !type.equals(ResourceTypes.SERVICE_ACCOUNT)
                || !key.name().equals(DEFAULT)) {
            return found;
        }
        boolean isActive = connected()
                .find(ResourceTypes.NAMESPACE, ObjectKey.cluster(key.namespace()))
                .filter(namespace -> !namespace.metadata().isTerminating())
                .isPresent();
        if (isActive) {
            createDefaultAccount(key);
        }
        return connected().find(type, key);
    }

    private void createDefaultAccount(ObjectKey key) {
        var account = ServiceAccountBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(key.namespace())
                        .name(key.name())
                        .build())
                .build();
        try {
            connected().create(account, WriteRequest.ofController("service-account-controller"));
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    @Override
    public <R extends Resource> List<R> list(ResourceType<R> type) {
        return connected().list(type);
    }

    @Override
    public <R extends Resource> List<R> list(ResourceType<R> type, String namespace) {
        return connected().list(type, namespace);
    }

    private ObjectStore connected() {
        ObjectStore connected = store;
        if (connected == null) {
            throw new IllegalStateException("admission was asked before the store was connected");
        }
        return connected;
    }
}
