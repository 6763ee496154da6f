package dev.orchestrator.runtime.kubelet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

/**
 * What to do next for a pod, decided from what is wanted, what the driver has and what is remembered. Reads no clock
 * and changes nothing.
 *
 * @param step what to do with the driver, once nothing else is being done; null for nothing
 * @param halts what to do to containers that have to end, at once and side by side
 * @param waits why containers that should run are not started now
 * @param verdict that the pod has ended for good by itself; null when it has not
 * @param isDone whether nothing is left to be done for a pod that is ending
 * @param lookAt when to look again even if nothing happens; null for never
 */
record PodPlan(
        @Nullable Step step,
        List<Halt> halts,
        List<Wait> waits,
        @Nullable Verdict verdict,
        boolean isDone,
        @Nullable Instant lookAt) {

    /** Why a container is not started now. */
    record Wait(String container, Waiting why) {}

    /** {@return what to do next} */
    static PodPlan of(PodView view) {
        if (view.isEnding()) {
            return EndingPlan.of(view);
        }
        var draft = new Draft();
        Instant deadline = deadline(view);
        if (deadline != null && !deadline.isAfter(view.now())) {
            draft.verdict = Verdict.DEADLINE_EXCEEDED;
            return draft.plan();
        }
        draft.look(deadline);
        if (!view.nodeReady()) {
            return draft.plan();
        }
        if (!view.memory().hasVolumes) {
            addVolumes(view, draft);
        } else if (!view.observed().isReady()) {
            addSandbox(view, draft);
        } else if (RestartAllPlan.isUnderWay(view)) {
            RestartAllPlan.add(view, draft);
        } else {
            addContainers(view, draft);
        }
        return draft.plan();
    }

    private static void addContainers(PodView view, Draft draft) {
        EphemeralPlan.add(view, draft);
        if (InitPlan.add(view, draft)) {
            addMain(view, draft);
        }
    }

    private static @Nullable Instant deadline(PodView view) {
        Long seconds = view.pod().spec().activeDeadlineSeconds();
        return seconds == null ? null : view.memory().startTime.plusSeconds(seconds);
    }

    private static void addVolumes(PodView view, Draft draft) {
        if (view.now().isBefore(view.memory().volumesRetryAt)) {
            draft.look(view.memory().volumesRetryAt);
        } else {
            draft.step = new Step.SetUpVolumes();
        }
    }

    private static void addSandbox(PodView view, Draft draft) {
        SandboxState dead = view.observed().current();
        if (!needsSandbox(view, dead)) {
            draft.verdict = Verdict.OVER;
        } else if (view.now().isBefore(view.memory().sandboxRetryAt)) {
            draft.look(view.memory().sandboxRetryAt);
        } else if (dead != null) {
            draft.step = new Step.RetireSandbox(dead.id());
        } else {
            draft.step = new Step.CreateSandbox(view.memory().sandboxes);
        }
    }

    /** A pod whose sandbox is lost gets another one only if one of its containers is to run again. */
    private static boolean needsSandbox(PodView view, @Nullable SandboxState dead) {
        boolean hasRun = false;
        boolean isWanted = false;
        for (Container container : view.pod().spec().containers()) {
            ContainerState state = view.observed().latest(container.name());
            ContainerStatus reported = view.reported(container.name());
            if (state != null) {
                hasRun = true;
                int exitCode = state.phase() == ContainerState.Phase.EXITED ? state.exitCode() : 137;
                isWanted |= Restarts.main(view.pod(), container, exitCode);
            } else if (reported != null && reported.state().terminated() != null) {
                hasRun = true;
                isWanted |= Restarts.main(
                        view.pod(), container, reported.state().terminated().exitCode());
            } else if (reported != null && reported.state().running() != null) {
                hasRun = true;
                isWanted |= Restarts.main(view.pod(), container, 137);
            } else {
                isWanted |= !Restarts.never(view.pod()) || !hasHadContainers(view, dead);
            }
        }
        return isWanted && !(hasRun && Restarts.never(view.pod()) && !hasOwnPolicy(view));
    }

    private static boolean hasHadContainers(PodView view, @Nullable SandboxState dead) {
        SandboxState retired = view.observed().retired();
        return (dead != null && !dead.containers().isEmpty())
                || (retired != null && !retired.containers().isEmpty());
    }

    private static boolean hasOwnPolicy(PodView view) {
        for (Container container : view.pod().spec().containers()) {
            if (container.restartPolicy() != null
                    || !container.restartPolicyRules().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static void addMain(PodView view, Draft draft) {
        boolean isOver = true;
        for (Container container : view.pod().spec().containers()) {
            ContainerDecision decision = ContainerDecision.of(view, container, Step.Role.MAIN);
            draft.add(container, Step.Role.MAIN, decision);
            isOver &= decision instanceof ContainerDecision.Over;
        }
        if (isOver) {
            draft.verdict = Verdict.OVER;
        }
    }

    /** A plan while it is being made. */
    static final class Draft {

        @Nullable
        Step step;

        @Nullable
        Verdict verdict;

        boolean isDone;

        private @Nullable Instant lookAt;
        private @Nullable List<Halt> halts;
        private @Nullable List<Wait> waits;

        void look(@Nullable Instant when) {
            if (when != null && (lookAt == null || when.isBefore(lookAt))) {
                lookAt = when;
            }
        }

        void halt(Halt halt) {
            if (halts == null) {
                halts = new ArrayList<>(2);
            }
            halts.add(halt);
        }

        /** Takes over what was decided for one container; the first that is to be started is. */
        void add(Container container, Step.Role role, ContainerDecision decision) {
            switch (decision) {
                case ContainerDecision.Keep keep -> look(keep.until());
                case ContainerDecision.Over ignored -> {}
                case ContainerDecision.Stop stop -> halt(stop.halt());
                case ContainerDecision.Resize resize -> {
                    if (step == null) {
                        step = new Step.Resize(container.name(), resize.id(), resize.to());
                    }
                }
                case ContainerDecision.Start start -> {
                    if (step == null) {
                        step = new Step.Start(container, role, start.attempt(), start.created());
                    }
                }
                case ContainerDecision.Wait wait -> {
                    if (waits == null) {
                        waits = new ArrayList<>(2);
                    }
                    waits.add(new Wait(container.name(), wait.why()));
                    look(wait.until());
                }
            }
        }

        PodPlan plan() {
            return new PodPlan(
                    step,
                    halts == null ? List.of() : halts,
                    waits == null ? List.of() : waits,
                    verdict,
                    isDone,
                    lookAt);
        }
    }
}
