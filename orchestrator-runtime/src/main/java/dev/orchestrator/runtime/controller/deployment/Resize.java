package dev.orchestrator.runtime.controller.deployment;

import dev.orchestrator.api.model.apps.ReplicaSet;

/**
 * The decision to tell a replica set another number of pods; the same number only brings its annotations up to date.
 *
 * @param set the replica set
 * @param replicas the number
 */
record Resize(ReplicaSet set, int replicas) {

    /** {@return by how many pods it grows; negative when it shrinks} */
    int growth() {
        return replicas - set.desiredReplicas();
    }
}
