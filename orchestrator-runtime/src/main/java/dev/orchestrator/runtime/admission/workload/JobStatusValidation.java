package dev.orchestrator.runtime.admission.workload;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobStatus;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;

import static dev.orchestrator.runtime.admission.workload.Replicated.STATUS;

/** What a write of a job's status may say: a job ends once, and in one way. */
final class JobStatusValidation {

    private static final FieldPath CONDITIONS = STATUS.child("conditions");
    private static final String COMPLETE = "Complete";
    private static final String FAILED = "Failed";
    private static final String FAILURE_TARGET = "FailureTarget";
    private static final String SUCCESS = "SuccessCriteriaMet";

    private final Job old;
    private final Job updated;
    private final JobStatus status;
    private final FieldErrors errors;

    JobStatusValidation(Job old, Job updated, FieldErrors errors) {
        this.old = old;
        this.updated = updated;
        this.status = updated.status();
        this.errors = errors;
    }

    void validate() {
        errors.nonNegative(STATUS.child("active"), status.active());
        errors.nonNegative(STATUS.child("succeeded"), status.succeeded());
        errors.nonNegative(STATUS.child("failed"), status.failed());
        errors.nonNegative(STATUS.child("ready"), status.ready());
        errors.nonNegative(STATUS.child("terminating"), status.terminating());
        uncounted();
        oneEnd();
        completionTime();
        if (is(updated, COMPLETE) || is(updated, FAILED)) {
            finished();
        }
        if (Zero.number(status.ready()) > status.active()) {
            errors.invalid(STATUS.child("ready"), status.ready(), "cannot set more ready pods than active");
        }
        neverBack();
    }

    private static boolean is(Job job, String type) {
        return job.status().conditions().stream()
                .anyMatch(condition ->
                        condition.type().equals(type) && condition.status().equals("True"));
    }

    private void uncounted() {
        if (status.uncountedTerminatedPods() == null) {
            return;
        }
        FieldPath path = STATUS.child("uncountedTerminatedPods");
        Set<String> seen = new HashSet<>();
        uids(status.uncountedTerminatedPods().succeeded(), seen, path.child("succeeded"));
        uids(status.uncountedTerminatedPods().failed(), seen, path.child("failed"));
    }

    private void uids(List<String> uids, Set<String> seen, FieldPath path) {
        for (int i = 0; i < uids.size(); i++) {
            if (uids.get(i).isEmpty()) {
                errors.invalid(path.index(i), "", "must not be empty");
            } else if (!seen.add(uids.get(i))) {
                errors.duplicate(path.index(i), uids.get(i));
            }
        }
    }

    private void oneEnd() {
        boolean complete = is(updated, COMPLETE);
        boolean failed = is(updated, FAILED);
        refuse(complete && failed, "cannot set Complete=True and Failed=true conditions");
        refuse(complete && is(updated, FAILURE_TARGET), "cannot set Complete=True and FailureTarget=true conditions");
        refuse(
                failed && !is(updated, FAILURE_TARGET),
                "cannot set Failed=True condition without the FailureTarget=true condition");
        refuse(
                complete && !is(updated, SUCCESS),
                "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
        refuse(is(updated, SUCCESS) && failed, "cannot set SuccessCriteriaMet=True and Failed=true conditions");
        refuse(
                is(updated, SUCCESS) && is(updated, FAILURE_TARGET),
                "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
    }

    private void refuse(boolean wrong, String detail) {
        if (wrong) {
            errors.invalidWhole(CONDITIONS, detail);
        }
    }

    private void completionTime() {
        FieldPath path = STATUS.child("completionTime");
        boolean complete = is(updated, COMPLETE);
        if (status.completionTime() == null) {
            if (complete) {
                errors.required(path, "completionTime is required for Complete jobs");
            }
            return;
        }
        if (!complete) {
            errors.invalid(
                    path,
                    status.completionTime(),
                    "cannot set completionTime when there is no Complete=True condition");
        }
        if (status.startTime() != null && status.completionTime().isBefore(status.startTime())) {
            errors.invalid(path, status.completionTime(), "completionTime cannot be set before startTime");
        }
    }

    private void finished() {
        if (status.active() > 0) {
            errors.invalid(STATUS.child("active"), status.active(), "active>0 is invalid for finished job");
        }
        if (status.startTime() == null) {
            errors.required(STATUS.child("startTime"), "startTime is required for finished job");
        }
        if (Zero.number(status.terminating()) > 0) {
            errors.invalid(
                    STATUS.child("terminating"), status.terminating(), "terminating>0 is invalid for finished job");
        }
        var uncounted = status.uncountedTerminatedPods();
        if (uncounted != null
                && !(uncounted.failed().isEmpty() && uncounted.succeeded().isEmpty())) {
            errors.invalid(
                    STATUS.child("uncountedTerminatedPods"),
                    uncounted,
                    "uncountedTerminatedPods needs to be empty for finished job");
        }
    }

    private void neverBack() {
        for (String type : List.of(FAILED, COMPLETE, FAILURE_TARGET)) {
            refuse(is(old, type) && !is(updated, type), "cannot disable the terminal " + type + "=True condition");
        }
        if (status.failed() < old.status().failed()) {
            errors.invalid(STATUS.child("failed"), status.failed(), "cannot decrease the failed counter");
        }
        // An indexed job whose completions are lowered forgets the successes of the indexes that it no longer has.
        if (status.succeeded() < old.status().succeeded() && !updated.isIndexed()) {
            errors.invalid(STATUS.child("succeeded"), status.succeeded(), "cannot decrease the succeeded counter");
        }
        var completed = old.status().completionTime();
        if (completed != null && status.completionTime() != null && !completed.equals(status.completionTime())) {
            errors.invalid(STATUS.child("completionTime"), status.completionTime(), "completionTime cannot be mutated");
        }
        var started = old.status().startTime();
        // A job that is resumed starts anew.
        boolean resumed = is(old, "Suspended") && !is(updated, "Suspended") && status.startTime() != null;
        boolean restarted = started != null && !started.equals(status.startTime()) && !resumed;
        if (restarted && !Zero.isTrue(updated.spec().suspend())) {
            errors.required(STATUS.child("startTime"), "startTime cannot be removed for unsuspended job");
        }
        refuse(is(old, SUCCESS) && !is(updated, SUCCESS), "cannot disable the SuccessCriteriaMet=True condition");
    }
}
