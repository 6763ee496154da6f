package dev.orchestrator.runtime.controller.replicaset;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ResourceQuota;
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

/**
 * Keeps a number of equal pods: the controller of replica sets and that of replication controllers.
 *
 * @param <R> the kind of their owners
 */
public final class ReplicaSetController<R extends Resource> implements Controller {

    private static final int WORKERS = 5;

    private final OwnerKind<R> kind;
    private final ObjectStore store;
    private final TimeSource time;
    private final EventRecorder events;
    private final Tallies tallies = new Tallies();
    private final RefusedOwners refused = new RefusedOwners();

    private ReplicaSetController(OwnerKind<R> kind, ObjectStore store, TimeSource time, EventRecorder events) {
        this.kind = kind;
        this.store = store;
        this.time = time;
        this.events = events;
    }

    /** {@return the controller of replica sets} */
    public static Controller ofReplicaSets(ObjectStore store, TimeSource time, EventRecorder events) {
        return new ReplicaSetController<>(OwnerKind.REPLICA_SETS, store, time, events);
    }

    /** {@return the controller of replication controllers} */
    public static Controller ofReplicationControllers(ObjectStore store, TimeSource time, EventRecorder events) {
        return new ReplicaSetController<>(OwnerKind.REPLICATION_CONTROLLERS, store, time, events);
    }

    @Override
    public String name() {
        return kind.component();
    }

    @Override
    public void connect(Wiring wiring) {
        var reconciler = new ReplicaSetReconciler<>(kind, store, time, events, tallies, refused);
        var queue = wiring.queue(kind.component(), WORKERS, reconciler);
        var handler = new Changes(queue);
        wiring.watch(kind.type(), handler::ownerChanged);
        wiring.watch(ResourceTypes.POD, handler::podChanged);
        wiring.watch(ResourceTypes.RESOURCE_QUOTA, handler::quotaChanged);
    }

    /** Maps changes to the owners they concern; all on the one thread that hands out changes. */
    private final class Changes {

        private final WorkQueue<ObjectKey> queue;
        private final SelectorIndex selectors = new SelectorIndex();
        private final Map<ObjectKey, String> known = new HashMap<>();

        Changes(WorkQueue<ObjectKey> queue) {
            this.queue = queue;
        }

        void ownerChanged(Change<R> change) {
            R before = change.before();
            R after = change.after();
            ObjectKey key = change.object().key();
            if (after == null) {
                selectors.remove(key);
                known.remove(key);
                refused.remove(key);
                tallies.remove(change.object().metadata().uidOrEmpty());
                return;
            }
            String uid = after.metadata().uidOrEmpty();
            if (uid.equals(known.put(key, uid)) && before == null) {
                // What exists is handed out once more: some changes have been missed, others come twice.
                tallies.giveUp();
            }
            if (before == null || concerns(before.metadata(), after.metadata())) {
                selectors.putOwner(key, kind.view(after).spec().selector());
                tallies.of(uid).requestRecount();
                queue.add(key);
            }
        }

        /** Reports on the pods are the reconciler's own. */
        private boolean concerns(ObjectMeta before, ObjectMeta after) {
            return before.generation() != after.generation()
                    || before.isTerminating() != after.isTerminating()
                    || !before.uidOrEmpty().equals(after.uidOrEmpty());
        }

        void podChanged(Change<Pod> change) {
            Pod before = change.before();
            Pod after = change.after();
            long revision = after == null ? 0 : revision(after);
            OwnerReference old = owner(before);
            OwnerReference now = owner(after);
            if (old != null && now != null && old.uid().equals(now.uid())) {
                count(now, before, after, revision, change.object());
            } else {
                if (old != null) {
                    count(old, before, null, revision, change.object());
                }
                if (now != null) {
                    count(now, null, after, revision, change.object());
                }
            }
            if (after != null && after.metadata().controller().isEmpty() && isNewOrphan(before, after)) {
                orphaned(after);
            }
        }

        private static long revision(Pod pod) {
            String text = pod.metadata().resourceVersion();
            return text == null ? 0 : Long.parseLong(text);
        }

        private @Nullable OwnerReference owner(@Nullable Pod pod) {
            Optional<OwnerReference> owner =
                    pod == null ? Optional.empty() : pod.metadata().controller();
            return owner.filter(reference -> reference.kind().equals(kind.type().kind())
                            && reference.apiVersion().equals(kind.type().apiVersion()))
                    .orElse(null);
        }

        private void count(OwnerReference owner, @Nullable Pod before, @Nullable Pod after, long revision, Pod pod) {
            var key = new ObjectKey(pod.metadata().namespaceOrEmpty(), owner.name());
            PodTally tally = tallies.find(owner.uid());
            if (tally == null) {
                if (store.find(kind.type(), key)
                        .filter(found -> found.metadata().uidOrEmpty().equals(owner.uid()))
                        .isEmpty()) {
                    return;
                }
                tally = tallies.of(owner.uid());
            }
            if (tally.count(before, after, revision)) {
                queue.add(key);
            }
        }

        /** Who was refused a pod need not wait for the end of its back-off once there is room. */
        void quotaChanged(Change<ResourceQuota> change) {
            if (QuotaRoom.hasGrown(change)) {
                refused.in(change.object().metadata().namespaceOrEmpty()).forEach(queue::add);
            }
        }

        private boolean isNewOrphan(@Nullable Pod before, Pod after) {
            return before == null
                    || before.metadata().controller().isPresent()
                    || !Objects.equals(
                            before.metadata().labels(), after.metadata().labels());
        }

        private void orphaned(Pod pod) {
            ObjectMeta metadata = pod.metadata();
            for (ObjectKey key : selectors.matching(metadata.namespaceOrEmpty(), metadata.labels())) {
                store.find(kind.type(), key)
                        .ifPresent(owner ->
                                tallies.of(owner.metadata().uidOrEmpty()).requestRecount());
                queue.add(key);
            }
        }
    }
}
