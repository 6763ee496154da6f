package dev.orchestrator.api;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;

/** A deployment. */
public interface DeploymentHandle extends PodsHandle<Deployment, DeploymentHandle> {

    /**
     * A state of the pod template that the deployment has had.
     *
     * @param number counts up; the highest is the present one
     * @param changeCause what the annotation {@code kubernetes.io/change-cause} said; empty without
     * @param replicaSet the replica set that has kept it
     */
    record Revision(long number, String changeCause, ReplicaSet replicaSet) {}

    /**
     * Blocks until the newest pod template runs everywhere and no service sends connections to a pod of an older one,
     * though such a pod may still be ending.
     *
     * @throws AwaitException if it did not in time; at once when the rollout exceeds its progress deadline or its image
     *     can never be pulled
     * @throws InterruptedException if interrupted while waiting
     */
    DeploymentHandle awaitRollout(Duration timeout) throws InterruptedException;

    /** {@return the sentence in which {@code kubectl rollout status} says how far the rollout is} */
    String rolloutStatus();

    /** {@return the revisions that can be gone back to and the present one, oldest first} */
    List<Revision> rolloutHistory();

    /**
     * Goes back to the revision before the present one.
     *
     * @throws ApiException if there is none, or the deployment is paused
     */
    DeploymentHandle undoRollout();

    /**
     * Goes back to a revision.
     *
     * @throws ApiException if there is no such revision, or the deployment is paused
     */
    DeploymentHandle undoRollout(long revision);

    /**
     * Stops acting on changes of the pod template until it is resumed.
     *
     * @throws ApiException if it is paused already
     */
    DeploymentHandle pauseRollout();

    /**
     * Acts on changes of the pod template again.
     *
     * @throws ApiException if it is not paused
     */
    DeploymentHandle resumeRollout();

    /**
     * Replaces all pods by new ones of the same template.
     *
     * @throws ApiException if it is paused
     */
    DeploymentHandle restartRollout();
}
