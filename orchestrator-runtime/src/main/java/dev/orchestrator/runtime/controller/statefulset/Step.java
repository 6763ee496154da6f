package dev.orchestrator.runtime.controller.statefulset;

import dev.orchestrator.api.model.core.Pod;

/** One thing to do for a stateful set. */
sealed interface Step {

    /** Makes the claims and the pod of an ordinal. */
    record CreatePod(int ordinal, StatefulSetState.Version version) implements Step {}

    /** Deletes a pod. */
    record DeletePod(Pod pod) implements Step {}

    /** Makes the claims that a pod waits for. */
    record CreateClaims(Pod pod, int ordinal) implements Step {}

    /** Gives a pod the labels and volumes of its ordinal. */
    record Mend(Pod pod, int ordinal) implements Step {}

    /** Gives the claims of a pod the owners that the retention policy wants. */
    record Retain(Pod pod, int ordinal) implements Step {}
}
