package dev.orchestrator.runtime.controller.cronjob;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.CronSchedule;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Makes jobs at the times of a schedule. */
public final class CronJobController implements Controller {

    private static final int WORKERS = 5;

    private final ObjectStore store;
    private final TimeSource time;
    private final EventRecorder events;

    /** Creates the controller; it works once connected. */
    public CronJobController(ObjectStore store, TimeSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.events = events;
    }

    @Override
    public String name() {
        return CronJobReconciler.COMPONENT;
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<ObjectKey> queue = wiring.queue("cronjob", WORKERS, new CronJobReconciler(store, time, events));
        wiring.watch(ResourceTypes.CRON_JOB, change -> cronJobChanged(change, queue));
        wiring.watch(ResourceTypes.JOB, change -> jobChanged(change, queue));
    }

    private void cronJobChanged(Change<CronJob> change, WorkQueue<ObjectKey> queue) {
        CronJob before = change.before();
        CronJob after = change.after();
        if (after == null || (before != null && !isOther(before, after))) {
            return;
        }
        if (before != null && isRescheduled(before, after)) {
            // What the new schedule would have wanted in the past, nobody wanted then.
            Instant now = time.instant();
            parsed(after)
                    .flatMap(schedule -> new Times(after, schedule, now).untilNext())
                    .ifPresent(delay -> queue.addAfter(after.key(), delay));
        } else {
            queue.add(after.key());
        }
    }

    private static Optional<CronSchedule> parsed(CronJob cronJob) {
        try {
            return Optional.of(CronSchedule.parse(cronJob.spec().schedule()));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    private static boolean isOther(CronJob before, CronJob after) {
        return before.metadata().generation() != after.metadata().generation()
                || before.metadata().isTerminating() != after.metadata().isTerminating()
                || !before.metadata().uidOrEmpty().equals(after.metadata().uidOrEmpty());
    }

    private static boolean isRescheduled(CronJob before, CronJob after) {
        return !before.spec().schedule().equals(after.spec().schedule())
                || !Objects.equals(before.spec().timeZone(), after.spec().timeZone());
    }

    private static void jobChanged(Change<Job> change, WorkQueue<ObjectKey> queue) {
        Job before = change.before();
        Job after = change.after();
        OwnerReference old = owner(before);
        OwnerReference now = owner(after);
        boolean isMoved = !Objects.equals(old, now);
        if (old != null && isMoved) {
            queue.add(key(change.object(), old));
        }
        boolean hasEnded = before == null || after == null || before.isFinished() != after.isFinished();
        if (now != null && (isMoved || hasEnded)) {
            queue.add(key(change.object(), now));
        }
    }

    private static @Nullable OwnerReference owner(@Nullable Job job) {
        return job == null
                ? null
                : job.metadata()
                        .controller()
                        .filter(owner -> owner.kind().equals(ResourceTypes.CRON_JOB.kind())
                                && owner.apiVersion().equals(ResourceTypes.CRON_JOB.apiVersion()))
                        .orElse(null);
    }

    private static ObjectKey key(Job job, OwnerReference owner) {
        return new ObjectKey(job.metadata().namespaceOrEmpty(), owner.name());
    }
}
