package dev.orchestrator.runtime.controller.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.batch.JobCondition;
import dev.orchestrator.api.model.batch.JobStatus;
import dev.orchestrator.api.model.batch.JobStatusBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.SupersededException;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;

/** Brings the pods of one job to the wanted number and counts those that have ended. */
final class JobReconciler implements Reconciler<ObjectKey> {

    static final String COMPONENT = "job-controller";
    private static final String OURSELVES = "kubernetes.io/job-controller";
    private static final String SUSPENDED = "Suspended";
    private static final int ATTEMPTS = 5;

    private final ObjectStore store;
    private final InstantSource time;
    private final EventRecorder events;
    private final JobPods jobPods;
    private final JobClaimer claimer;
    private final WriteRequest statusRequest;
    private final Map<String, FailureRecord> failures = new ConcurrentHashMap<>();
    /** Jobs among whose pods there may be strangers, or orphans that could be theirs. */
    private final Set<ObjectKey> unclaimed = ConcurrentHashMap.newKeySet();

    JobReconciler(ObjectStore store, InstantSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.events = events;
        var request = WriteRequest.ofController(COMPONENT);
        this.jobPods = new JobPods(store, events, request);
        this.claimer = new JobClaimer(store, request);
        this.statusRequest = request.on(WriteRequest.Subresource.STATUS);
    }

    /** Says that the pods of a job have to be looked through for those that it takes over or lets go. */
    void claimLater(ObjectKey job) {
        unclaimed.add(job);
    }

    void forget(ObjectKey key, String uid) {
        unclaimed.remove(key);
        failures.remove(uid);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Job> job = store.find(ResourceTypes.JOB, key);
            if (job.isEmpty() || isManagedByOthers(job.get())) {
                return Outcome.done();
            }
            try {
                return reconcile(job.get());
            } catch (SupersededException e) {
                // Somebody wants something else of the job by now: look again.
            } catch (ApiException e) {
                if (e.reason() != Reason.CONFLICT && e.reason() != Reason.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return Outcome.retry();
    }

    private static boolean isManagedByOthers(Job job) {
        String manager = job.spec().managedBy();
        return manager != null && !manager.equals(OURSELVES);
    }

    private Outcome reconcile(Job job) {
        String uid = job.metadata().uidOrEmpty();
        if (job.isFinished()) {
            failures.remove(uid);
            boolean isReleased = jobPods.release(store.podsAwaitingJob(uid)).isEmpty();
            return isReleased ? Outcome.done() : Outcome.retry();
        }
        claim(job);
        JobState state = JobState.of(job, store.podsAwaitingJob(uid), time.instant());
        FailureRecord record =
                failures.getOrDefault(uid, FailureRecord.NONE).after(state.newlySucceeded(), state.newlyFailed());
        JobCondition end = Ending.of(state);
        JobPlan plan = JobPlan.of(state, end, record);
        JobPods.Result pods = jobPods.carryOut(plan, state);
        if (end != null && pods.hasFailed()) {
            // Not before the last pod has been told to stop.
            end = null;
        } else if (end == null && Ending.isComplete(state, pods.active())) {
            end = Ending.completed(state);
        }
        boolean isWhole = account(state, end, pods, record);
        if (pods.hasFailed() || !isWhole) {
            return Outcome.retry();
        }
        return next(state, plan, end);
    }

    private void claim(Job job) {
        if (!unclaimed.remove(job.key())) {
            return;
        }
        boolean isDone = false;
        try {
            claimer.claim(job);
            isDone = true;
        } finally {
            if (!isDone) {
                unclaimed.add(job.key());
            }
        }
    }

    /** {@return whether everything that could be counted has been} */
    private boolean account(JobState state, @Nullable JobCondition end, JobPods.Result pods, FailureRecord record) {
        Job job = state.job();
        JobCondition suspension = end == null && !job.metadata().isTerminating() ? suspension(state) : null;
        Accounts accounts = Accounts.of(state, end, status(state, pods, suspension));
        Job stored = store(job, accounts.status());
        failures.put(job.metadata().uidOrEmpty(), record);
        if (suspension != null) {
            tell(
                    job,
                    "Normal",
                    suspension.status().equals("True") ? SUSPENDED : "Resumed",
                    String.valueOf(suspension.message()));
        }
        Set<String> held = jobPods.release(accounts.release());
        boolean isReleased = held.isEmpty();
        for (Pod pod : state.pods()) {
            boolean isLeft = Tracking.isHeld(pod) && !accounts.release().contains(pod);
            if (isLeft) {
                held.add(pod.metadata().uidOrEmpty());
            }
        }
        JobStatus counted = Accounts.counted(stored.status(), held);
        boolean isFinished = end != null && !accounts.isPartial() && Accounts.isSettled(counted);
        Job last = store(stored, isFinished && end != null ? Accounts.finished(counted, end, state.stamp()) : counted);
        if (isFinished) {
            tellOfEnd(last);
        }
        return isReleased;
    }

    private static JobStatus status(JobState state, JobPods.Result pods, @Nullable JobCondition suspension) {
        JobStatus status = JobStatusBuilder.builder(state.job().status())
                .active(pods.active())
                .ready(pods.ready())
                .terminating(pods.terminating())
                .startTime(state.startTime())
                .build();
        return suspension == null ? status : Accounts.with(status, suspension);
    }

    /** {@return the condition that says that the job has been suspended or resumed; null when it says so already} */
    private static @Nullable JobCondition suspension(JobState state) {
        Job job = state.job();
        Optional<JobCondition> present = job.condition(SUSPENDED);
        String wanted = job.isSuspended() ? "True" : "False";
        boolean isKnown =
                present.map(condition -> condition.status().equals(wanted)).orElse(!job.isSuspended());
        if (isKnown) {
            return null;
        }
        return new JobCondition(
                state.stamp(),
                state.stamp(),
                job.isSuspended() ? "Job suspended" : "Job resumed",
                job.isSuspended() ? "JobSuspended" : "JobResumed",
                wanted,
                SUSPENDED);
    }

    /** Refused when anybody else has written the job: what was counted is good for the state it was counted on only. */
    private Job store(Job read, JobStatus status) {
        if (status.equals(read.status())) {
            return read;
        }
        return store.update(JobBuilder.builder(read).status(status).build(), statusRequest);
    }

    private void tellOfEnd(Job job) {
        Integer completions = job.spec().completions();
        if (!job.isComplete()) {
            job.condition(Ending.FAILED)
                    .ifPresent(failed -> tell(
                            job,
                            "Warning",
                            Objects.requireNonNullElse(failed.reason(), ""),
                            Objects.requireNonNullElse(failed.message(), "")));
            return;
        }
        if (completions != null && job.status().succeeded() > completions) {
            tell(
                    job,
                    "Warning",
                    "TooManySucceededPods",
                    "Too many succeeded pods running after completion count reached");
        }
        tell(job, "Normal", "Completed", "Job completed");
    }

    private void tell(Job job, String type, String reason, String message) {
        events.event(job, type, reason, message, COMPONENT);
    }

    private static Outcome next(JobState state, JobPlan plan, @Nullable JobCondition end) {
        if (plan.isPartial()) {
            return Outcome.after(Duration.ZERO);
        }
        Duration left = end == null ? Ending.timeLeft(state) : null;
        Duration wait = plan.delay();
        if (left == null || (wait.isPositive() && wait.compareTo(left) < 0)) {
            return wait.isPositive() ? Outcome.after(wait) : Outcome.done();
        }
        return Outcome.after(left);
    }
}
