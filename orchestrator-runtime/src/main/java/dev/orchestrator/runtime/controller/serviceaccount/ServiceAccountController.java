package dev.orchestrator.runtime.controller.serviceaccount;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.ServiceAccount;
import dev.orchestrator.api.model.core.ServiceAccountBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Keeps a service account {@code default} in each active namespace. */
public final class ServiceAccountController implements Controller {

    private static final String DEFAULT = "default";

    private final ObjectStore store;
    private final WriteRequest request = WriteRequest.ofController("service-account-controller");

    /** Creates the controller; it works once connected. */
    public ServiceAccountController(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "serviceaccount";
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<String> queue = wiring.queue("serviceaccount", 1, this::reconcile);
        wiring.watch(ResourceTypes.NAMESPACE, change -> {
            Namespace after = change.after();
            if (after != null && change.before() == null) {
                queue.add(after.metadata().nameOrEmpty());
            }
        });
        wiring.watch(ResourceTypes.SERVICE_ACCOUNT, change -> accountChanged(change, queue));
    }

    private static void accountChanged(Change<ServiceAccount> change, WorkQueue<String> queue) {
        ServiceAccount before = change.before();
        if (change.after() == null
                && before != null
                && DEFAULT.equals(before.metadata().name())) {
            queue.add(before.metadata().namespaceOrEmpty());
        }
    }

    private Outcome reconcile(String name) {
        Namespace namespace =
                store.find(ResourceTypes.NAMESPACE, ObjectKey.cluster(name)).orElse(null);
        boolean wanted = namespace != null && !namespace.metadata().isTerminating();
        if (!wanted
                || store.find(ResourceTypes.SERVICE_ACCOUNT, new ObjectKey(name, DEFAULT))
                        .isPresent()) {
            return Outcome.done();
        }
        ServiceAccount account = ServiceAccountBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(DEFAULT)
                        .namespace(name)
                        .build())
                .build();
        try {
            store.create(account, request);
        } catch (ApiException e) {
            boolean terminating =
                    e.reason() == ApiException.Reason.FORBIDDEN || e.reason() == ApiException.Reason.NOT_FOUND;
            if (!terminating && e.reason() != ApiException.Reason.ALREADY_EXISTS) {
                throw e;
            }
        }
        return Outcome.done();
    }
}
