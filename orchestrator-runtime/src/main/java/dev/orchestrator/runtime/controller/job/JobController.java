package dev.orchestrator.runtime.controller.job;

import java.util.Objects;
import java.util.Optional;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.SelectorIndex;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;

/** Runs the pods of jobs until enough of them have succeeded. */
public final class JobController implements Controller {

    private static final int WORKERS = 5;

    private final ObjectStore store;
    private final TimeSource time;
    private final EventRecorder events;
    private final JobPods orphans;

    /** Creates the controller; it works once connected. */
    public JobController(ObjectStore store, TimeSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.events = events;
        this.orphans = new JobPods(store, events, WriteRequest.ofController(JobReconciler.COMPONENT));
    }

    @Override
    public String name() {
        return JobReconciler.COMPONENT;
    }

    @Override
    public void connect(Wiring wiring) {
        var reconciler = new JobReconciler(store, time, events);
        WorkQueue<ObjectKey> jobs = wiring.queue("job", WORKERS, reconciler);
        WorkQueue<ObjectKey> released = wiring.queue("job-orphan-pod", 1, this::releaseOrphan);
        var changes = new Changes(reconciler, jobs, released);
        wiring.watch(ResourceTypes.JOB, changes::jobChanged);
        wiring.watch(ResourceTypes.POD, changes::podChanged);
    }

    /** A pod whose job is gone would be held back for ever. */
    private Outcome releaseOrphan(ObjectKey key) {
        store.find(ResourceTypes.POD, key).filter(this::isOrphan).ifPresent(orphans::release);
        return Outcome.done();
    }

    private boolean isOrphan(Pod pod) {
        if (!Tracking.isHeld(pod)) {
            return false;
        }
        Optional<OwnerReference> controller = pod.metadata().controller();
        if (controller.isEmpty()) {
            return true;
        }
        return isJob(controller.get())
                && store.find(
                                ResourceTypes.JOB,
                                new ObjectKey(
                                        pod.metadata().namespaceOrEmpty(),
                                        controller.get().name()))
                        .filter(job -> job.metadata()
                                .uidOrEmpty()
                                .equals(controller.get().uid()))
                        .isEmpty();
    }

    private static boolean isJob(OwnerReference reference) {
        return reference.kind().equals(ResourceTypes.JOB.kind())
                && reference.apiVersion().equals(ResourceTypes.JOB.apiVersion());
    }

    /** Maps changes to the jobs they concern; all on the one thread that hands out changes. */
    private final class Changes {

        private final JobReconciler reconciler;
        private final WorkQueue<ObjectKey> jobs;
        private final WorkQueue<ObjectKey> released;
        private final SelectorIndex selectors = new SelectorIndex();

        Changes(JobReconciler reconciler, WorkQueue<ObjectKey> jobs, WorkQueue<ObjectKey> released) {
            this.reconciler = reconciler;
            this.jobs = jobs;
            this.released = released;
        }

        void jobChanged(Change<Job> change) {
            Job before = change.before();
            Job after = change.after();
            ObjectKey key = change.object().key();
            if (after == null || (before != null && isOther(before, after))) {
                Job gone = before == null ? change.object() : before;
                String uid = gone.metadata().uidOrEmpty();
                reconciler.forget(key, uid);
                store.podsAwaitingJob(uid).forEach(pod -> released.add(pod.key()));
            }
            if (after == null) {
                selectors.remove(key);
                return;
            }
            if (before == null || isOther(before, after) || isNewIntent(before, after)) {
                selectors.put(key, Selector.of(after.spec().selector()));
                reconciler.claimLater(key);
            }
            jobs.add(key);
        }

        private static boolean isOther(Job before, Job after) {
            return !before.metadata().uidOrEmpty().equals(after.metadata().uidOrEmpty());
        }

        private static boolean isNewIntent(Job before, Job after) {
            return before.metadata().generation() != after.metadata().generation();
        }

        void podChanged(Change<Pod> change) {
            Pod before = change.before();
            Pod after = change.after();
            OwnerReference old = owner(before);
            OwnerReference now = owner(after);
            boolean isMoved = !Objects.equals(old, now);
            if (old != null && (isMoved || after == null)) {
                jobs.add(key(change.object(), old));
            }
            if (after == null) {
                return;
            }
            if (now != null && (isMoved || before == null || matters(before, after))) {
                if (before != null && !hasSameLabels(before, after)) {
                    reconciler.claimLater(key(after, now));
                }
                jobs.add(key(after, now));
            }
            if (isOrphan(after)) {
                released.add(after.key());
            }
            if (after.metadata().controller().isEmpty() && isNewOrphan(before, after)) {
                adoptable(after);
            }
        }

        private static boolean hasSameLabels(Pod before, Pod after) {
            return before.metadata().labels().equals(after.metadata().labels());
        }

        private static boolean matters(Pod before, Pod after) {
            return !Objects.equals(before.status().phase(), after.status().phase())
                    || before.isReady() != after.isReady()
                    || before.metadata().isTerminating() != after.metadata().isTerminating()
                    || !hasSameLabels(before, after)
                    || !before.metadata().annotations().equals(after.metadata().annotations())
                    || !before.metadata().finalizers().equals(after.metadata().finalizers())
                    || restarts(before) != restarts(after)
                    || (after.isFinished()
                            && !before.status()
                                    .conditions()
                                    .equals(after.status().conditions()));
        }

        private static int restarts(Pod pod) {
            return Ending.restarts(pod.status().initContainerStatuses())
                    + Ending.restarts(pod.status().containerStatuses());
        }

        private static @Nullable OwnerReference owner(@Nullable Pod pod) {
            return pod == null
                    ? null
                    : pod.metadata().controller().filter(JobController::isJob).orElse(null);
        }

        private static ObjectKey key(Pod pod, OwnerReference owner) {
            return new ObjectKey(pod.metadata().namespaceOrEmpty(), owner.name());
        }

        private static boolean isNewOrphan(@Nullable Pod before, Pod after) {
            return before == null || before.metadata().controller().isPresent() || !hasSameLabels(before, after);
        }

        private void adoptable(Pod pod) {
            ObjectMeta metadata = pod.metadata();
            for (ObjectKey key : selectors.matching(metadata.namespaceOrEmpty(), metadata.labels())) {
                reconciler.claimLater(key);
                jobs.add(key);
            }
        }
    }
}
