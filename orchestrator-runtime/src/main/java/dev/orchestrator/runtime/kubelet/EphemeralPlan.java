package dev.orchestrator.runtime.kubelet;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EphemeralContainer;

/** Runs containers that were added to a running pod: each once, beside whatever else the pod does. */
final class EphemeralPlan {

    private EphemeralPlan() {}

    /** Adds the ephemeral containers that have not been started yet. */
    static void add(PodView view, PodPlan.Draft draft) {
        for (EphemeralContainer ephemeral : view.pod().spec().ephemeralContainers()) {
            Container container = ephemeral.asContainer();
            draft.add(container, Step.Role.EPHEMERAL, ContainerDecision.ofEphemeral(view, container));
        }
    }
}
