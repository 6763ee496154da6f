package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

/**
 * Starts a pod over within its sandbox when a container ends as one of its rules with the action
 * {@code RestartAllContainers} says: all containers are ended without their preStop hooks and removed, and init
 * containers run again.
 */
final class RestartAllPlan {

    /** How long containers have to end. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private RestartAllPlan() {}

    /** {@return whether a pod has a rule that may restart all its containers} */
    static boolean isPossible(Pod pod) {
        for (Container container : pod.spec().containers()) {
            if (Restarts.mayRestartAll(container)) {
                return true;
            }
        }
        for (Container container : pod.spec().initContainers()) {
            if (Restarts.mayRestartAll(container)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether all containers of the pod are being ended, to be started again} */
    static boolean isUnderWay(PodView view) {
        return isPossible(view.pod()) && (view.memory().isRestartingAll || isAsked(view));
    }

    private static boolean isAsked(PodView view) {
        for (Container container : all(view.pod())) {
            if (isAskedBy(view, container)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAskedBy(PodView view, Container container) {
        ContainerState state = view.observed().latestCurrent(container.name());
        return state != null
                && state.phase() == ContainerState.Phase.EXITED
                && Restarts.asksForAll(container, state.exitCode());
    }

    private static List<Container> all(Pod pod) {
        var all = new ArrayList<>(pod.spec().initContainers());
        all.addAll(pod.spec().containers());
        return all;
    }

    /** Adds what is to be done when all containers are to be restarted. */
    static void add(PodView view, PodPlan.Draft draft) {
        boolean isAnyRunning = false;
        for (Container container : all(view.pod())) {
            ContainerState state = view.observed().latestCurrent(container.name());
            if (state != null
                    && (state.phase() == ContainerState.Phase.RUNNING
                            || state.phase() == ContainerState.Phase.UNKNOWN)) {
                isAnyRunning = true;
                addHalt(view, draft, container, state);
            }
        }
        SandboxState sandbox = view.observed().current();
        if (!isAnyRunning && sandbox != null) {
            if (view.now().isBefore(view.memory().sandboxRetryAt)) {
                draft.look(view.memory().sandboxRetryAt);
            } else {
                draft.step = new Step.ResetContainers(sandbox.id(), removable(view, sandbox));
            }
        }
    }

    private static void addHalt(PodView view, PodPlan.Draft draft, Container container, ContainerState state) {
        ContainerMemory memory = view.memory().of(container.name());
        Halt halt = Halt.atOnce(view, new Halt.Running(container, state, Halt.stopping(container)), GRACE);
        if (halt == null) {
            draft.look(Halt.retryAt(view, memory));
        } else {
            draft.halt(halt);
        }
    }

    /** Those that asked for it go last: as long as one of them is there, the restart is known to be under way. */
    private static List<ContainerId> removable(PodView view, SandboxState sandbox) {
        var first = new ArrayList<ContainerId>();
        var last = new ArrayList<ContainerId>();
        for (ContainerState state : sandbox.containers()) {
            Container container = find(view.pod(), state.name());
            if (container != null) {
                boolean hasAsked = Restarts.asksForAll(container, state.exitCode());
                (hasAsked ? last : first).add(state.id());
            }
        }
        first.addAll(last);
        return first;
    }

    private static @Nullable Container find(Pod pod, String name) {
        for (Container container : all(pod)) {
            if (container.name().equals(name)) {
                return container;
            }
        }
        return null;
    }
}
