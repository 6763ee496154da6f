package dev.orchestrator.runtime.controller.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.controller.job.JobPlan.NewPod;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.store.Basis;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Creates, deletes and releases the pods of jobs, and tells people about it. */
final class JobPods {

    private final ObjectStore store;
    private final EventRecorder events;
    private final WriteRequest request;

    JobPods(ObjectStore store, EventRecorder events, WriteRequest request) {
        this.store = store;
        this.events = events;
        this.request = request;
    }

    /**
     * What has become of the pods of a job.
     *
     * @param active how many run or are going to
     * @param ready how many of them are ready
     * @param terminating how many are being deleted
     * @param hasFailed whether some could not be created or deleted
     */
    record Result(int active, int ready, int terminating, boolean hasFailed) {}

    /**
     * Carries a plan out.
     *
     * @throws dev.orchestrator.runtime.store.SupersededException if the job wants something else by now; some of the
     *     plan may have been carried out
     */
    Result carryOut(JobPlan plan, JobState state) {
        var change = new Changes(state);
        plan.stop().forEach(change::stop);
        plan.drop().forEach(change::drop);
        if (!plan.create().isEmpty()) {
            change.create(plan.create());
        }
        return new Result(change.active, change.ready, change.terminating, change.hasFailed);
    }

    /** One carrying out of a plan. */
    private final class Changes {

        private final Job job;
        private int active;
        private int ready;
        private int terminating;
        private boolean hasFailed;

        Changes(JobState state) {
            this.job = state.job();
            this.active = state.active().size();
            this.ready = state.ready();
            this.terminating = state.terminating();
        }

        void stop(Pod pod) {
            try {
                Optional<Pod> left = delete(pod);
                active--;
                ready -= pod.isReady() ? 1 : 0;
                terminating += left.filter(Pod::isStopping).isPresent() ? 1 : 0;
            } catch (ApiException e) {
                tell("Warning", "FailedDelete", "Error deleting: " + e.getMessage());
                hasFailed = true;
            }
        }

        void drop(Pod pod) {
            if (letGo(pod)) {
                stop(pod);
            }
        }

        private Optional<Pod> delete(Pod pod) {
            var options = DeleteOptionsBuilder.builder()
                    .preconditions(new Preconditions(null, pod.metadata().uid()))
                    .build();
            try {
                Optional<Pod> left = store.delete(ResourceTypes.POD, pod.key(), options, request);
                tell("Normal", "SuccessfulDelete", "Deleted pod: " + pod.key().name());
                return left;
            } catch (ApiException e) {
                if (isGone(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        /** One pod after the other: what refuses one, such as a quota, would refuse the rest as well. */
        void create(List<NewPod> pods) {
            var template = JobTemplate.of(job);
            WriteRequest decided = request.decidedOn(Basis.of(job));
            for (NewPod pod : pods) {
                try {
                    Pod created = store.create(template.pod(pod), decided);
                    active++;
                    tell(
                            "Normal",
                            "SuccessfulCreate",
                            "Created pod: " + created.key().name());
                } catch (ApiException e) {
                    boolean isNamespaceGoing =
                            e.causes().stream().anyMatch(cause -> "NamespaceTerminating".equals(cause.reason()));
                    if (!isNamespaceGoing) {
                        tell("Warning", "FailedCreate", "Error creating: " + e.getMessage());
                        hasFailed = true;
                    }
                    return;
                }
            }
        }

        private void tell(String type, String reason, String message) {
            events.event(job, type, reason, message, request.manager());
        }
    }

    /** {@return the uids of those whose finalizer could not be taken off} */
    Set<String> release(List<Pod> pods) {
        Map<String, ApiException> failures = new HashMap<>();
        for (Pod pod : pods) {
            try {
                release(pod);
            } catch (ApiException e) {
                failures.put(pod.metadata().uidOrEmpty(), e);
            }
        }
        return new HashSet<>(failures.keySet());
    }

    /** Takes the finalizer off a pod; nothing happens when it is gone or another one has its name now. */
    void release(Pod pod) {
        if (Tracking.isHeld(pod)) {
            release(pod, present -> true);
        }
    }

    /**
     * Takes the finalizer off a pod that is given up; {@return whether it has not ended meanwhile and counts after all}
     */
    private boolean letGo(Pod pod) {
        return release(pod, present -> !present.isFinished())
                .filter(left -> left.isFinished() && Tracking.isHeld(left))
                .isEmpty();
    }

    private Optional<Pod> release(Pod pod, Predicate<Pod> condition) {
        String uid = pod.metadata().uidOrEmpty();
        try {
            return Optional.of(store.edit(ResourceTypes.POD, pod.key(), request, present -> {
                boolean isMeant = present.metadata().uidOrEmpty().equals(uid)
                        && Tracking.isHeld(present)
                        && condition.test(present);
                if (!isMeant) {
                    return present;
                }
                var finalizers = new ArrayList<>(present.metadata().finalizers());
                finalizers.remove(Tracking.FINALIZER);
                return present.withMetadata(ObjectMetaBuilder.builder(present.metadata())
                        .finalizers(finalizers)
                        .build());
            }));
        } catch (ApiException e) {
            if (isGone(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static boolean isGone(ApiException refusal) {
        // A conflict is a pod of another uid under the name.
        return refusal.reason() == Reason.NOT_FOUND || refusal.reason() == Reason.CONFLICT;
    }
}
