package dev.orchestrator.runtime.controller.daemonset;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.core.Node;
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

/** Keeps a pod on every node that a daemon set selects. */
public final class DaemonSetController implements Controller {

    private static final int WORKERS = 2;

    private final ObjectStore store;
    private final TimeSource time;
    private final EventRecorder events;
    private final FailedPods failedPods = new FailedPods();

    /** Creates a controller that does nothing before it is connected. */
    public DaemonSetController(ObjectStore store, TimeSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.events = events;
    }

    @Override
    public String name() {
        return DaemonSetWriter.COMPONENT;
    }

    @Override
    public void connect(Wiring wiring) {
        var reconciler = new DaemonSetReconciler(store, time, events, failedPods);
        var changes = new Changes(wiring.queue(name(), WORKERS, reconciler));
        wiring.watch(ResourceTypes.DAEMON_SET, changes::setChanged);
        wiring.watch(ResourceTypes.CONTROLLER_REVISION, changes::revisionChanged);
        wiring.watch(ResourceTypes.NODE, changes::nodeChanged);
        wiring.watch(ResourceTypes.POD, changes::podChanged);
    }

    /** Maps changes to the sets they concern; all on the one thread that hands out changes. */
    private final class Changes {

        private final WorkQueue<ObjectKey> queue;
        private final SelectorIndex selectors = new SelectorIndex();
        private final Map<ObjectKey, NodeChoice> choices = new HashMap<>();

        Changes(WorkQueue<ObjectKey> queue) {
            this.queue = queue;
        }

        void setChanged(Change<DaemonSet> change) {
            DaemonSet before = change.before();
            DaemonSet after = change.after();
            ObjectKey key = change.object().key();
            if (after == null) {
                selectors.remove(key);
                choices.remove(key);
                failedPods.forget(change.object().metadata().uidOrEmpty());
                return;
            }
            if (before == null || concerns(before.metadata(), after.metadata())) {
                selectors.putOwner(key, after.spec().selector());
                choices.put(key, NodeChoice.of(after));
                queue.add(key);
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

        void nodeChanged(Change<Node> change) {
            Node before = change.before();
            Node after = change.after();
            boolean cannotMatter = before != null
                    && after != null
                    && before.metadata().labels().equals(after.metadata().labels())
                    && before.spec().taints().equals(after.spec().taints());
            if (cannotMatter) {
                return;
            }
            choices.forEach((key, choice) -> {
                boolean isSame = before != null && after != null && choice.place(before) == choice.place(after);
                boolean isNothing = before == null && after != null && choice.place(after) == NodeChoice.Place.UNWANTED;
                if (!isSame && !isNothing) {
                    queue.add(key);
                }
            });
        }

        void podChanged(Change<Pod> change) {
            Pod before = change.before();
            Pod after = change.after();
            if (before != null && after != null && !matters(before, after)) {
                return;
            }
            boolean isOwned = tell(after);
            boolean isHandedOver = before != null
                    && (after == null
                            || !before.metadata()
                                    .controller()
                                    .equals(after.metadata().controller()));
            if (isHandedOver) {
                isOwned |= tell(before);
            }
            if (!isOwned && after != null && after.metadata().controller().isEmpty()) {
                selectors
                        .matching(
                                after.metadata().namespaceOrEmpty(),
                                after.metadata().labels())
                        .forEach(queue::add);
            }
        }

        private static boolean matters(Pod before, Pod after) {
            return !before.readySince().equals(after.readySince())
                    || before.isReady() != after.isReady()
                    || !Objects.equals(before.status().phase(), after.status().phase())
                    || !Objects.equals(before.spec().nodeName(), after.spec().nodeName())
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
                    || !owner.kind().equals(ResourceTypes.DAEMON_SET.kind())
                    || !owner.apiVersion().equals(ResourceTypes.DAEMON_SET.apiVersion())) {
                return false;
            }
            queue.add(new ObjectKey(object.metadata().namespaceOrEmpty(), owner.name()));
            return true;
        }
    }
}
