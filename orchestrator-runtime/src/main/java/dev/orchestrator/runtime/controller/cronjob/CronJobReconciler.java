package dev.orchestrator.runtime.controller.cronjob;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.CronJobBuilder;
import dev.orchestrator.api.model.batch.CronJobStatus;
import dev.orchestrator.api.model.batch.CronJobStatusBuilder;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.batch.JobTemplateSpec;
import dev.orchestrator.api.model.core.ObjectReference;
import dev.orchestrator.api.model.core.ObjectReferenceBuilder;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.Basis;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.SupersededException;
import dev.orchestrator.runtime.store.WriteRequest;

/** Makes the job of a time that has come and deletes those that nobody wants to see any more. */
final class CronJobReconciler implements Reconciler<ObjectKey> {

    static final String COMPONENT = "cronjob-controller";
    private static final String SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    private final ObjectStore store;
    private final InstantSource time;
    private final EventRecorder events;
    private final WriteRequest request = WriteRequest.ofController(COMPONENT);

    CronJobReconciler(ObjectStore store, InstantSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.events = events;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Optional<CronJob> found = store.find(ResourceTypes.CRON_JOB, key);
        if (found.isEmpty()) {
            // Its jobs are the garbage collector's.
            return Outcome.done();
        }
        CronJob cronJob = found.get();
        List<Job> jobs =
                store.controlledBy(ResourceTypes.JOB, cronJob.metadata().uidOrEmpty());
        CronPlan plan = CronPlan.of(cronJob, jobs, time.instant());
        plan.notes().forEach(note -> tell(cronJob, note.type(), note.reason(), note.message()));
        var active = new ArrayList<>(plan.status().active());
        for (Job job : plan.delete()) {
            if (!delete(cronJob, job)) {
                report(
                        cronJob,
                        CronJobStatusBuilder.builder(plan.status())
                                .active(active)
                                .build());
                return Outcome.retry();
            }
            active.removeIf(reference -> job.metadata().uidOrEmpty().equals(reference.uid()));
        }
        CronJobStatus status =
                CronJobStatusBuilder.builder(plan.status()).active(active).build();
        Instant start = plan.start();
        if (start != null) {
            return start(cronJob, start, status, plan);
        }
        report(cronJob, status);
        return next(plan);
    }

    private static Outcome next(CronPlan plan) {
        return plan.untilNext() == null ? Outcome.done() : Outcome.after(plan.untilNext());
    }

    private Outcome start(CronJob cronJob, Instant at, CronJobStatus status, CronPlan plan) {
        Optional<Job> job;
        try {
            job = create(cronJob, at);
        } catch (SupersededException e) {
            report(cronJob, status);
            return Outcome.retry();
        } catch (ApiException e) {
            report(cronJob, status);
            boolean isNamespaceGoing =
                    e.causes().stream().anyMatch(cause -> "NamespaceTerminating".equals(cause.reason()));
            if (isNamespaceGoing) {
                return Outcome.done();
            }
            tell(cronJob, "Warning", "FailedCreate", "Error creating job: " + e.getMessage());
            return Outcome.retry();
        }
        if (job.isEmpty()) {
            report(cronJob, status);
            return next(plan);
        }
        var active = new ArrayList<>(status.active());
        active.add(reference(job.get()));
        report(
                cronJob,
                CronJobStatusBuilder.builder(status)
                        .active(active)
                        .lastScheduleTime(at)
                        .build());
        return next(plan);
    }

    /** {@return the job of that time; empty when somebody else's job has its name} */
    private Optional<Job> create(CronJob cronJob, Instant at) {
        Job wanted = job(cronJob, at);
        try {
            Job job = store.create(wanted, request.decidedOn(Basis.of(cronJob)));
            tell(
                    cronJob,
                    "Normal",
                    "SuccessfulCreate",
                    "Created job " + job.key().name());
            return Optional.of(job);
        } catch (ApiException e) {
            if (e.reason() != Reason.ALREADY_EXISTS) {
                throw e;
            }
            // Made before, but the status does not say so: the status was not written.
            String uid = cronJob.metadata().uidOrEmpty();
            return store.find(ResourceTypes.JOB, wanted.key())
                    .filter(job -> job.metadata()
                            .controller()
                            .filter(owner -> owner.uid().equals(uid))
                            .isPresent());
        }
    }

    private static Job job(CronJob cronJob, Instant at) {
        JobTemplateSpec template = cronJob.spec().jobTemplate();
        var annotations = new HashMap<>(template.metadata().annotations());
        annotations.put(SCHEDULED, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(Times.zone(cronJob))));
        var owner = new OwnerReference(
                cronJob.resourceType().apiVersion(),
                true,
                true,
                cronJob.resourceType().kind(),
                cronJob.metadata().nameOrEmpty(),
                cronJob.metadata().uidOrEmpty());
        return JobBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(CronPlan.jobName(cronJob, at))
                        .namespace(cronJob.metadata().namespace())
                        .labels(template.metadata().labels())
                        .annotations(annotations)
                        .finalizers(template.metadata().finalizers())
                        .ownerReferences(List.of(owner))
                        .build())
                .spec(template.spec())
                .build();
    }

    private static ObjectReference reference(Job job) {
        return ObjectReferenceBuilder.builder()
                .apiVersion(job.resourceType().apiVersion())
                .kind(job.resourceType().kind())
                .name(job.metadata().name())
                .namespace(job.metadata().namespace())
                .resourceVersion(job.metadata().resourceVersion())
                .uid(job.metadata().uid())
                .build();
    }

    private boolean delete(CronJob cronJob, Job job) {
        var options = DeleteOptionsBuilder.builder()
                .propagationPolicy("Background")
                .preconditions(new Preconditions(null, job.metadata().uid()))
                .build();
        try {
            store.delete(ResourceTypes.JOB, job.key(), options, request);
        } catch (ApiException e) {
            if (e.reason() == Reason.NOT_FOUND || e.reason() == Reason.CONFLICT) {
                return true;
            }
            tell(cronJob, "Warning", "FailedDelete", "Deleted job: " + e.getMessage());
            return false;
        }
        tell(cronJob, "Normal", "SuccessfulDelete", "Deleted job " + job.key().name());
        return true;
    }

    private void report(CronJob cronJob, CronJobStatus status) {
        if (status.equals(cronJob.status())) {
            return;
        }
        try {
            store.edit(
                    ResourceTypes.CRON_JOB,
                    cronJob.key(),
                    request.on(WriteRequest.Subresource.STATUS),
                    present -> isSame(present, cronJob)
                            ? CronJobBuilder.builder(present).status(status).build()
                            : present);
        } catch (ApiException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static boolean isSame(CronJob one, CronJob other) {
        return one.metadata().uidOrEmpty().equals(other.metadata().uidOrEmpty());
    }

    private void tell(CronJob cronJob, String type, String reason, String message) {
        events.event(cronJob, type, reason, message, COMPONENT);
    }
}
