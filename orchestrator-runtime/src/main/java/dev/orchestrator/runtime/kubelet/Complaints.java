package dev.orchestrator.runtime.kubelet;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.text.GoText;

/**
 * What is reported about a pod when the driver fails, in Kubernetes' words: its kubelet reports so what the container
 * runtime does not do. Nothing is said of outcomes that are no failure, nor while the node is down.
 */
final class Complaints {

    private static final String KILL = "FailedKillPod";
    private static final String SYNC = "FailedSync";

    private final PodServices services;

    Complaints(PodServices services) {
        this.services = services;
    }

    /** What the driver has of the pod is not known. */
    void notInspected(Pod pod, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed && !failed.isNodeDown()) {
            services.warning(pod, SYNC, "error determining status: " + failed.message());
        }
    }

    void sandboxNotStopped(Pod pod, Outcome outcome) {
        about(pod, outcome, KILL, "error killing pod: ", "KillPodSandbox");
    }

    void sandboxNotRemoved(Pod pod, Outcome outcome) {
        about(pod, outcome, KILL, "error killing pod: ", "RemovePodSandbox");
    }

    /** The containers that are all to be started anew are still there. */
    void containersNotRemoved(Pod pod, Outcome outcome) {
        about(pod, outcome, SYNC, "Error syncing pod, skipping: ", "RemoveContainer");
    }

    /** A container was to end; because its pod ends, or because it is to be started again. */
    void containerNotStopped(Pod pod, String container, Outcome outcome, boolean isPodEnding) {
        if (outcome instanceof Outcome.Failed failed && !failed.isNodeDown()) {
            String why = result("KillContainer", container, failed);
            services.warning(
                    pod,
                    isPodEnding ? KILL : SYNC,
                    (isPodEnding ? "error killing pod: " : "Error syncing pod, skipping: ") + why);
        }
    }

    /** An ended container, kept until a newer one has ended, is still there. */
    void olderNotRemoved(Pod pod, String container, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed && !failed.isNodeDown()) {
            services.warning(pod, SYNC, "Error syncing pod, skipping: " + result("RemoveContainer", container, failed));
        }
    }

    private void about(Pod pod, Outcome outcome, String reason, String prefix, String action) {
        if (outcome instanceof Outcome.Failed failed && !failed.isNodeDown()) {
            services.warning(pod, reason, prefix + result(action, pod.metadata().uidOrEmpty(), failed));
        }
    }

    /** {@return how Kubernetes words that an action on something had no success} */
    private static String result(String action, String target, Outcome.Failed failed) {
        return "failed to " + GoText.quote(action) + " for " + GoText.quote(target) + " with " + action + "Error: "
                + GoText.quote(failed.message());
    }
}
