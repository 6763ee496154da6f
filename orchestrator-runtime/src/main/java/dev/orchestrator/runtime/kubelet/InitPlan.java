package dev.orchestrator.runtime.kubelet;

import dev.orchestrator.api.model.core.Container;

/** Runs init containers one after another, each to its end; those that keep running until they have started. */
final class InitPlan {

    private InitPlan() {}

    /** Adds what init containers need; {@return whether the main containers may run} */
    static boolean add(PodView view, PodPlan.Draft draft) {
        boolean isInitialized = view.isInitialized();
        for (Container container : view.pod().spec().initContainers()) {
            boolean isThrough = PodView.isSidecar(container)
                    ? addSidecar(view, draft, container)
                    : isInitialized || addInit(view, draft, container);
            if (!isThrough && !isInitialized) {
                return false;
            }
        }
        return true;
    }

    private static boolean addSidecar(PodView view, PodPlan.Draft draft, Container container) {
        ContainerDecision decision = ContainerDecision.of(view, container, Step.Role.SIDECAR);
        draft.add(container, Step.Role.SIDECAR, decision);
        return decision instanceof ContainerDecision.Keep && view.isStarted(container);
    }

    private static boolean addInit(PodView view, PodPlan.Draft draft, Container container) {
        ContainerDecision decision = ContainerDecision.of(view, container, Step.Role.INIT);
        draft.add(container, Step.Role.INIT, decision);
        if (!(decision instanceof ContainerDecision.Over over)) {
            return false;
        }
        if (over.exitCode() != 0) {
            draft.verdict = Verdict.NOT_INITIALIZED;
            return false;
        }
        return true;
    }
}
