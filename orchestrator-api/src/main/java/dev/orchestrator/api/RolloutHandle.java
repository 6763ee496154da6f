package dev.orchestrator.api;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.PodTemplateSpec;

/**
 * An object that keeps the versions of its pod template as controller revisions: a stateful set or a daemon set.
 *
 * @param <R> the kind
 * @param <H> the handle itself
 */
public interface RolloutHandle<R extends Resource, H extends RolloutHandle<R, H>> extends PodsHandle<R, H> {

    /**
     * A state that the pod template has had.
     *
     * @param number counts up; the highest is the present one
     * @param changeCause what the annotation {@code kubernetes.io/change-cause} said; empty without
     * @param template the template
     */
    record Revision(long number, String changeCause, PodTemplateSpec template) {}

    /**
     * Blocks until all wanted pods are available and those that the update strategy updates are of the newest template.
     *
     * @throws AwaitException if they were not in time; at once when one of them can never become so
     * @throws InterruptedException if interrupted while waiting
     */
    H awaitRollout(Duration timeout) throws InterruptedException;

    /**
     * {@return the sentence in which {@code kubectl rollout status} says how far the rollout is}
     *
     * @throws ApiException if the update strategy leaves updates to the user
     */
    String rolloutStatus();

    /** {@return the revisions that can be gone back to and the present one, oldest first} */
    List<Revision> rolloutHistory();

    /**
     * Goes back to the revision before the present one.
     *
     * @throws ApiException if there is none
     */
    H undoRollout();

    /**
     * Goes back to a revision.
     *
     * @throws ApiException if there is no such revision
     */
    H undoRollout(long revision);

    /** Replaces all pods by new ones of the same template, as the update strategy does. */
    H restartRollout();
}
