package dev.orchestrator.api;

import java.util.List;

import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.Job;

/** A cron job. */
public interface CronJobHandle extends ResourceHandle<CronJob, CronJobHandle> {

    /**
     * Makes a job now, whatever the schedule says, as {@code kubectl create job --from=cronjob/...} does.
     *
     * @return the new job
     * @throws ApiException with reason {@code ALREADY_EXISTS} if there is a job of that name
     */
    JobHandle createJob(String name);

    /** {@return the jobs that the cron job has made and nobody has deleted, oldest first} */
    List<Job> jobs();

    /** Makes no more jobs until it is resumed; those that run go on. */
    CronJobHandle suspend();

    /** Makes jobs again; of the times that have passed meanwhile the latest one counts. */
    CronJobHandle resume();
}
