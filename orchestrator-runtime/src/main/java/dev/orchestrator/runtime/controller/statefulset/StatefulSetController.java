package dev.orchestrator.runtime.controller.statefulset;

import java.util.Objects;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.claim.SelectorIndex;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Keeps pods with stable names, addresses and claims, in order. */
public final class StatefulSetController implements Controller {

    private static final int WORKERS = 5;

    private final ObjectStore store;
    private final TimeSource time;
    private final EventRecorder events;

    /** Creates a controller that does nothing before it is connected. */
    public StatefulSetController(ObjectStore store, TimeSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.events = events;
    }

    @Override
    public String name() {
        return StatefulSetWriter.COMPONENT;
    }

    @Override
    public void connect(Wiring wiring) {
        var changes = new Changes(wiring.queue(name(), WORKERS, new StatefulSetReconciler(store, time, events)));
        wiring.watch(ResourceTypes.STATEFUL_SET, changes::setChanged);
        wiring.watch(ResourceTypes.CONTROLLER_REVISION, changes::revisionChanged);
        wiring.watch(ResourceTypes.PERSISTENT_VOLUME_CLAIM, changes::claimChanged);
        wiring.watch(ResourceTypes.POD, changes::podChanged);
    }

    /** Maps changes to the sets they concern; all on the one thread that hands out changes. */
    private final class Changes {

        private final WorkQueue<ObjectKey> queue;
        private final SelectorIndex selectors = new SelectorIndex();

        Changes(WorkQueue<ObjectKey> queue) {
            this.queue = queue;
        }

        void setChanged(Change<StatefulSet> change) {
            StatefulSet before = change.before();
            StatefulSet after = change.after();
            if (after == null) {
                selectors.remove(change.object().key());
                return;
            }
            if (before == null || concerns(before.metadata(), after.metadata())) {
                selectors.putOwner(after.key(), after.spec().selector());
                queue.add(after.key());
            }
        }

        /** Status is the reconciler's own. */
        private static boolean concerns(ObjectMeta before, ObjectMeta after) {
            return before.generation() != after.generation()
                    || before.isTerminating() != after.isTerminating()
                    || !before.uidOrEmpty().equals(after.uidOrEmpty());
        }

        /** A revision that somebody has deleted is made again. */
        void revisionChanged(Change<ControllerRevision> change) {
            if (change.after() == null) {
                tell(change.before());
            }
        }

        /** A claim that goes may be what a pod has been waiting for, and one that comes too. */
        void claimChanged(Change<PersistentVolumeClaim> change) {
            PersistentVolumeClaim before = change.before();
            PersistentVolumeClaim after = change.after();
            boolean matters = before == null
                    || after == null
                    || before.metadata().isTerminating() != after.metadata().isTerminating()
                    || !before.metadata()
                            .ownerReferences()
                            .equals(after.metadata().ownerReferences());
            if (matters) {
                ObjectMeta metadata = change.object().metadata();
                selectors
                        .matching(metadata.namespaceOrEmpty(), metadata.labels())
                        .forEach(queue::add);
            }
        }

        void podChanged(Change<Pod> change) {
            Pod before = change.before();
            Pod after = change.after();
            if (before != null && after != null && !matters(before, after)) {
                return;
            }
            boolean isOurs = tell(after);
            if (before != null
                    && (after == null
                            || !before.metadata()
                                    .controller()
                                    .equals(after.metadata().controller()))) {
                isOurs |= tell(before);
            }
            if (isOurs) {
                return;
            }
            ObjectMeta metadata = change.object().metadata();
            if (after == null) {
                // Somebody else's pod has gone, and with it what took the name.
                find(new ObjectKey(metadata.namespaceOrEmpty(), PodIdentity.parent(metadata.nameOrEmpty())));
            } else if (metadata.controller().isEmpty()) {
                selectors
                        .matching(metadata.namespaceOrEmpty(), metadata.labels())
                        .forEach(queue::add);
            }
        }

        private static boolean matters(Pod before, Pod after) {
            return before.isReady() != after.isReady()
                    || !before.readySince().equals(after.readySince())
                    || !Objects.equals(before.status().phase(), after.status().phase())
                    || before.metadata().isTerminating() != after.metadata().isTerminating()
                    || !before.metadata().labels().equals(after.metadata().labels())
                    || !before.metadata()
                            .ownerReferences()
                            .equals(after.metadata().ownerReferences());
        }

        private boolean tell(@Nullable Resource object) {
            if (object == null) {
                return false;
            }
            OwnerReference owner = object.metadata().controller().orElse(null);
            if (owner == null
                    || !owner.kind().equals(ResourceTypes.STATEFUL_SET.kind())
                    || !owner.apiVersion().equals(ResourceTypes.STATEFUL_SET.apiVersion())) {
                return false;
            }
            queue.add(new ObjectKey(object.metadata().namespaceOrEmpty(), owner.name()));
            return true;
        }

        private void find(ObjectKey key) {
            if (store.find(ResourceTypes.STATEFUL_SET, key).isPresent()) {
                queue.add(key);
            }
        }
    }
}
