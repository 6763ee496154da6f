package dev.orchestrator.runtime.controller.namespace;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;

/** Empties the namespaces that are being deleted and lets them go. */
public final class NamespaceController implements Controller {

    private static final int WORKERS = 2;

    private final ObjectStore store;
    private final TimeSource time;
    private final Departures departures = new Departures();

    /** Creates the controller; it works once connected. */
    public NamespaceController(ObjectStore store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    @Override
    public String name() {
        return "namespace";
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<ObjectKey> queue =
                wiring.queue("namespace", WORKERS, new NamespaceReconciler(store, time, departures));
        wiring.watch(ResourceTypes.NAMESPACE, change -> namespaceChanged(change, queue));
        for (ResourceType<?> type : ResourceTypes.stored()) {
            if (type.isNamespaced()) {
                wiring.watch(type, change -> contentChanged(change, queue));
            }
        }
        wiring.watchCustom(change -> contentChanged(change, queue));
    }

    private static void namespaceChanged(Change<Namespace> change, WorkQueue<ObjectKey> queue) {
        Namespace after = change.after();
        Namespace before = change.before();
        if (after == null) {
            if (before != null) {
                queue.add(before.key());
            }
        } else if (after.metadata().isTerminating()
                && (before == null || !before.metadata().isTerminating())) {
            queue.add(after.key());
        }
    }

    private void contentChanged(Change<? extends Resource> change, WorkQueue<ObjectKey> queue) {
        Resource before = change.before();
        if (change.after() != null || before == null) {
            return;
        }
        String namespace = before.metadata().namespaceOrEmpty();
        if (departures.gone(namespace)) {
            queue.add(ObjectKey.cluster(namespace));
        }
    }
}
