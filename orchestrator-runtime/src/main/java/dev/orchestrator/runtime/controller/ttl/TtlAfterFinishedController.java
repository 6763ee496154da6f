package dev.orchestrator.runtime.controller.ttl;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Deletes jobs with their pods when the time is over for which they want to be seen after their end. */
public final class TtlAfterFinishedController implements Controller {

    private static final int WORKERS = 2;

    private final ObjectStore store;
    private final TimeSource time;
    private final WriteRequest request = WriteRequest.ofController("ttl-after-finished-controller");

    /** Creates the controller; it works once connected. */
    public TtlAfterFinishedController(ObjectStore store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    @Override
    public String name() {
        return "ttl-after-finished-controller";
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<ObjectKey> queue = wiring.queue("ttl-after-finished", WORKERS, this::expire);
        wiring.watch(ResourceTypes.JOB, change -> {
            Job job = change.after();
            if (job != null && expiry(job).isPresent()) {
                queue.add(job.key());
            }
        });
    }

    /** {@return when a job may go; empty when it stays, has not ended or is going already} */
    static Optional<Instant> expiry(Job job) {
        Integer seconds = job.spec().ttlSecondsAfterFinished();
        return seconds == null || job.metadata().isTerminating()
                ? Optional.empty()
                : job.finishedAt().map(end -> end.plusSeconds(seconds));
    }

    private Outcome expire(ObjectKey key) {
        Optional<Job> job = store.find(ResourceTypes.JOB, key);
        Optional<Instant> expiry = job.flatMap(TtlAfterFinishedController::expiry);
        if (job.isEmpty() || expiry.isEmpty()) {
            return Outcome.done();
        }
        Duration left = Duration.between(time.instant(), expiry.get());
        if (left.isPositive()) {
            return Outcome.after(left);
        }
        // Of this version only: somebody may want it to stay longer by now.
        var options = DeleteOptionsBuilder.builder()
                .propagationPolicy("Foreground")
                .preconditions(new Preconditions(
                        job.get().metadata().resourceVersion(),
                        job.get().metadata().uid()))
                .build();
        try {
            store.delete(ResourceTypes.JOB, key, options, request);
        } catch (ApiException e) {
            if (e.reason() == Reason.CONFLICT) {
                return Outcome.after(Duration.ZERO);
            }
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
        return Outcome.done();
    }
}
