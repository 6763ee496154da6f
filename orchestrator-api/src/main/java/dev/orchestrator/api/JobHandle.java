package dev.orchestrator.api;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.Pod;

/** A job. */
public interface JobHandle extends ResourceHandle<Job, JobHandle> {

    /**
     * Blocks until the job has done what it was to do and all its pods have ended.
     *
     * @throws AwaitException if it has not in time; at once when it is given up
     * @throws InterruptedException if interrupted while waiting
     */
    JobHandle awaitComplete(Duration timeout) throws InterruptedException;

    /**
     * Blocks until the job has ended, well or not.
     *
     * @throws AwaitException if it has not in time
     * @throws InterruptedException if interrupted while waiting
     */
    JobHandle awaitFinished(Duration timeout) throws InterruptedException;

    /** Ends the pods of the job, which are not counted, and starts none until it is resumed. */
    JobHandle suspend();

    /** Lets the job go on; its time begins anew. */
    JobHandle resume();

    /** {@return the pods of the job, oldest first: those that run and those that have ended} */
    List<Pod> pods();
}
