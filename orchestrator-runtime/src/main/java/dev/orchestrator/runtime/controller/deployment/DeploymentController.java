package dev.orchestrator.runtime.controller.deployment;

import java.util.Objects;
import java.util.Optional;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Rolls deployments out. */
public final class DeploymentController implements Controller {

    private static final int WORKERS = 5;

    private final ObjectStore store;
    private final TimeSource time;
    private final EventRecorder events;

    /** Creates a controller that does nothing before it is connected. */
    public DeploymentController(ObjectStore store, TimeSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.events = events;
    }

    @Override
    public String name() {
        return DeploymentWriter.COMPONENT;
    }

    @Override
    public void connect(Wiring wiring) {
        var queue = wiring.queue(name(), WORKERS, new DeploymentReconciler(store, time, events));
        wiring.watch(ResourceTypes.DEPLOYMENT, change -> deploymentChanged(change, queue));
        wiring.watch(ResourceTypes.REPLICA_SET, change -> replicaSetChanged(change, queue));
    }

    private static void deploymentChanged(Change<Deployment> change, WorkQueue<ObjectKey> queue) {
        Deployment before = change.before();
        Deployment after = change.after();
        if (after != null && (before == null || concerns(before.metadata(), after.metadata()))) {
            queue.add(after.key());
        }
    }

    /** Status is the reconciler's own. */
    private static boolean concerns(ObjectMeta before, ObjectMeta after) {
        return before.generation() != after.generation()
                || before.isTerminating() != after.isTerminating()
                || !before.annotations().equals(after.annotations())
                || !before.uidOrEmpty().equals(after.uidOrEmpty());
    }

    private void replicaSetChanged(Change<ReplicaSet> change, WorkQueue<ObjectKey> queue) {
        ReplicaSet before = change.before();
        ReplicaSet after = change.after();
        String namespace = change.object().metadata().namespaceOrEmpty();
        Optional<OwnerReference> old = owner(before);
        Optional<OwnerReference> now = owner(after);
        old.filter(owner -> !old.equals(now)).ifPresent(owner -> queue.add(new ObjectKey(namespace, owner.name())));
        now.ifPresent(owner -> queue.add(new ObjectKey(namespace, owner.name())));
        if (after != null && after.metadata().controller().isEmpty() && isNewOrphan(before, after)) {
            for (Deployment deployment : store.list(ResourceTypes.DEPLOYMENT, namespace)) {
                Selector selector = Selector.of(deployment.spec().selector());
                if (!selector.requirements().isEmpty()
                        && selector.matches(after.metadata().labels())) {
                    queue.add(deployment.key());
                }
            }
        }
    }

    private static Optional<OwnerReference> owner(@Nullable ReplicaSet set) {
        return set == null
                ? Optional.empty()
                : set.metadata()
                        .controller()
                        .filter(owner -> owner.kind().equals(ResourceTypes.DEPLOYMENT.kind())
                                && owner.apiVersion().equals(ResourceTypes.DEPLOYMENT.apiVersion()));
    }

    private static boolean isNewOrphan(@Nullable ReplicaSet before, ReplicaSet after) {
        return before == null
                || before.metadata().controller().isPresent()
                || !Objects.equals(before.metadata().labels(), after.metadata().labels());
    }
}
