package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EphemeralContainer;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/**
 * Brings a pod to its end: main containers side by side, then sidecars in reverse order, then the sandbox; a deleted
 * pod's sandbox is removed too, one that ended by itself keeps it for its logs.
 */
final class EndingPlan {

    private EndingPlan() {}

    static PodPlan of(PodView view) {
        var draft = new PodPlan.Draft();
        if (isDone(view)) {
            draft.isDone = true;
            return draft.plan();
        }
        if (!view.nodeReady()) {
            // Nothing can be stopped there, and nothing may be taken for stopped.
            return draft.plan();
        }
        if (!addHalts(view, draft)) {
            addSandbox(view, draft);
        }
        return draft.plan();
    }

    private static boolean isDone(PodView view) {
        return view.memory().stopped && (view.memory().cleaned || !view.isDeleted());
    }

    private static void addSandbox(PodView view, PodPlan.Draft draft) {
        PodMemory memory = view.memory();
        if (view.now().isBefore(memory.sandboxRetryAt)) {
            draft.look(memory.sandboxRetryAt);
        } else if (memory.sandboxInDoubt) {
            draft.step = new Step.FindSandbox();
        } else if (!memory.stopped) {
            draft.step = new Step.StopSandboxes(sandboxes(view));
        } else {
            draft.step = new Step.RemoveSandboxes(sandboxes(view));
        }
    }

    private static List<SandboxId> sandboxes(PodView view) {
        SandboxState current = view.observed().current();
        SandboxState retired = view.observed().retired();
        var ids = new ArrayList<SandboxId>(2);
        if (current != null) {
            ids.add(current.id());
        }
        if (retired != null) {
            ids.add(retired.id());
        }
        return ids;
    }

    /** Adds what is to be done to running containers; {@return whether any still runs} */
    private static boolean addHalts(PodView view, PodPlan.Draft draft) {
        if (!view.observed().isReady()) {
            return false;
        }
        boolean isAnyRunning = addMain(view, draft);
        List<Container> inits = view.pod().spec().initContainers();
        for (int i = inits.size() - 1; i >= 0; i--) {
            Container container = inits.get(i);
            ContainerState running = running(view, container);
            if (running != null) {
                boolean isItsTurn = !PodView.isSidecar(container) || !isAnyRunning;
                halt(view, draft, container, running, isItsTurn);
                isAnyRunning = true;
            }
        }
        return isAnyRunning;
    }

    private static boolean addMain(PodView view, PodPlan.Draft draft) {
        boolean isAnyRunning = false;
        for (Container container : view.pod().spec().containers()) {
            ContainerState running = running(view, container);
            if (running != null) {
                halt(view, draft, container, running, true);
                isAnyRunning = true;
            }
        }
        for (EphemeralContainer ephemeral : view.pod().spec().ephemeralContainers()) {
            Container container = ephemeral.asContainer();
            ContainerState running = running(view, container);
            if (running != null) {
                halt(view, draft, container, running, true);
                isAnyRunning = true;
            }
        }
        return isAnyRunning;
    }

    private static void halt(
            PodView view, PodPlan.Draft draft, Container container, ContainerState state, boolean isItsTurn) {
        Instant since = requireNonNullElse(view.memory().endingSince, view.now());
        Duration grace = view.grace();
        var running = new Halt.Running(container, state, Halt.stopping(container));
        Halt halt = Halt.next(view, running, since, grace, isItsTurn);
        if (halt == null) {
            draft.look(Halt.retryAt(view, view.memory().of(container.name())));
        } else {
            draft.halt(halt);
        }
    }

    private static @Nullable ContainerState running(PodView view, Container container) {
        ContainerState state = view.observed().latestCurrent(container.name());
        boolean isRunning = state != null
                && (state.phase() == ContainerState.Phase.RUNNING || state.phase() == ContainerState.Phase.UNKNOWN);
        return isRunning ? state : null;
    }
}
