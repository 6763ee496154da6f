package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Probe;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.runtime.text.GoText;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.kubelet.ContainerMemory.Doom.LIVENESS;
import static dev.orchestrator.runtime.kubelet.ContainerMemory.Doom.POST_START;
import static dev.orchestrator.runtime.kubelet.ContainerMemory.Doom.STARTUP;
import static java.util.Objects.requireNonNullElse;

/** What is to happen to one container of a pod that is to run. */
sealed interface ContainerDecision {

    /** It runs as it should, or something is under way; it is to be looked at again then, if a moment is given. */
    record Keep(@Nullable Instant until) implements ContainerDecision {}

    /** It runs as it should. */
    Keep KEEP = new Keep(null);

    /** It is to be started. */
    record Start(int attempt, @Nullable ContainerId created) implements ContainerDecision {}

    /** It runs and is to be given other resources. */
    record Resize(ContainerId id, ResourceRequirements to) implements ContainerDecision {}

    /** It is to be started later. */
    record Wait(Waiting why, @Nullable Instant until) implements ContainerDecision {}

    /** It has ended and is not started again. */
    record Over(int exitCode) implements ContainerDecision {}

    /** It is to be stopped. */
    record Stop(Halt halt) implements ContainerDecision {}

    /** For so long a failed pull is shown as such before it is shown as waiting for the next. */
    Duration PULL_ERROR_SHOWN = Duration.ofSeconds(1);

    /** {@return what is to happen to the container now} */
    static ContainerDecision of(PodView view, Container container, Step.Role role) {
        ContainerState current = view.observed().latestCurrent(container.name());
        if (current == null && view.memory().of(container.name()).isReset) {
            return startUnlessFailed(view, container, view.nextAttempt(container.name()), null);
        }
        if (current == null) {
            // What an init container did for an earlier sandbox is lost with it.
            ContainerState earlier = role == Step.Role.MAIN ? view.observed().latest(container.name()) : null;
            return earlier == null ? missing(view, container, role) : ended(view, container, role, earlier);
        }
        return switch (current.phase()) {
            case CREATED -> startUnlessFailed(view, container, current.attempt(), current.id());
            case RUNNING -> running(view, container, role, current);
            case EXITED -> ended(view, container, role, current);
            case UNKNOWN ->
                stop(view, container, current, "Container is in \"unknown\" state, try killing it before restart");
        };
    }

    /** {@return what is to happen now to a container that was added to the running pod; it runs once} */
    static ContainerDecision ofEphemeral(PodView view, Container container) {
        ContainerState state = view.observed().latest(container.name());
        if (state == null) {
            ContainerStatus reported = view.reported(container.name());
            boolean hasRun = reported != null
                    && (reported.state().running() != null || reported.state().terminated() != null);
            return hasRun ? KEEP : startUnlessFailed(view, container, 0, null);
        }
        return state.phase() == ContainerState.Phase.CREATED
                ? startUnlessFailed(view, container, state.attempt(), state.id())
                : KEEP;
    }

    private static ContainerDecision missing(PodView view, Container container, Step.Role role) {
        ContainerStatus reported = view.reported(container.name());
        if (role == Step.Role.MAIN && reported != null && reported.state().terminated() != null) {
            int exitCode = reported.state().terminated().exitCode();
            if (!Restarts.main(view.pod(), container, exitCode)) {
                return new Over(exitCode);
            }
        }
        return startUnlessFailed(view, container, view.nextAttempt(container.name()), null);
    }

    private static ContainerDecision running(
            PodView view, Container container, Step.Role role, ContainerState current) {
        ContainerMemory memory = view.memory().of(container.name());
        ContainerMemory.Doom doom = memory.isAbout(current.attempt()) ? memory.doom : null;
        if (memory.isStopping(current.attempt())) {
            return stop(view, container, current, "");
        }
        if (memory.isAbout(current.attempt()) && memory.starting && doom == null) {
            return KEEP;
        }
        if (!current.image().equals(requireNonNullElse(container.image(), ""))) {
            return stop(
                    view,
                    container,
                    current,
                    "Container " + container.name() + " definition changed, will be restarted");
        }
        if (doom != null) {
            return stop(view, container, current, doomMessage(view, container, role, doom));
        }
        return PodResize.isOpen(memory) ? resize(view, container, current) : KEEP;
    }

    private static ContainerDecision resize(PodView view, Container container, ContainerState current) {
        ContainerMemory memory = view.memory().of(container.name());
        if (PodResize.needsRestart(container, memory)) {
            return stop(view, container, current, "Container " + container.name() + " resize requires restart");
        }
        boolean isDue = memory.allocated != null && !view.now().isBefore(memory.resizeRetryAt);
        return isDue && memory.allocated != null
                ? new Resize(current.id(), memory.allocated)
                : new Keep(memory.resizeRetryAt);
    }

    private static String doomMessage(PodView view, Container container, Step.Role role, ContainerMemory.Doom doom) {
        if (doom == POST_START) {
            return "FailedPostStartHook";
        }
        String what = (role == Step.Role.SIDECAR ? "Init container " : "Container ") + container.name() + " failed "
                + (doom == LIVENESS ? "liveness" : "startup") + " probe";
        boolean isRestarted = role == Step.Role.MAIN && !Restarts.never(view.pod());
        return isRestarted ? what + ", will be restarted" : what;
    }

    private static ContainerDecision stop(PodView view, Container container, ContainerState current, String message) {
        ContainerMemory memory = view.memory().of(container.name());
        ContainerMemory.Doom doom = memory.isAbout(current.attempt()) ? memory.doom : null;
        Duration grace = graceOf(view, container, doom);
        Instant since =
                memory.isStopping(current.attempt()) && memory.killAt != null ? memory.killAt.minus(grace) : view.now();
        Halt halt = Halt.next(view, new Halt.Running(container, current, message), since, grace, true);
        return halt == null ? new Keep(Halt.retryAt(view, memory)) : new Stop(halt);
    }

    private static Duration graceOf(PodView view, Container container, ContainerMemory.@Nullable Doom doom) {
        Probe probe = doom == LIVENESS ? container.livenessProbe() : doom == STARTUP ? container.startupProbe() : null;
        Long own = probe == null ? null : probe.terminationGracePeriodSeconds();
        return own == null ? view.grace() : Duration.ofSeconds(own);
    }

    private static ContainerDecision ended(PodView view, Container container, Step.Role role, ContainerState state) {
        int exitCode = state.phase() == ContainerState.Phase.EXITED ? state.exitCode() : 137;
        boolean isRestarted = switch (role) {
            case SIDECAR -> true;
            case INIT -> exitCode != 0 && Restarts.init(view.pod(), container, exitCode);
            case MAIN -> Restarts.main(view.pod(), container, exitCode);
            case EPHEMERAL -> false;
        };
        if (!isRestarted) {
            return new Over(exitCode);
        }
        ContainerMemory memory = view.memory().of(container.name());
        if (memory.failure != null && memory.failure.reason().equals(Waiting.RUN)) {
            // It ended because it could not be launched, and the back-off of that is under way.
            return startUnlessFailed(view, container, view.nextAttempt(container.name()), null);
        }
        Instant failedAt = requireNonNullElse(state.finishedAt(), state.createdAt());
        Instant retryAt = Backoff.retryAt(memory.crash, failedAt);
        if (memory.crash != null && retryAt.isAfter(view.now())) {
            String message = "back-off " + GoText.duration(memory.crash.delay()) + " restarting failed container="
                    + container.name() + " pod=" + PodView.format(view.pod());
            return new Wait(new Waiting(Waiting.CRASH_LOOP, message, image(container), retryAt), retryAt);
        }
        return startUnlessFailed(view, container, view.nextAttempt(container.name()), null);
    }

    private static ContainerDecision startUnlessFailed(
            PodView view, Container container, int attempt, @Nullable ContainerId created) {
        ContainerMemory memory = view.memory().of(container.name());
        Waiting failure = memory.failure;
        if (failure == null || !failure.image().equals(image(container))) {
            return new Start(attempt, created);
        }
        if (failure.until() != null && !failure.until().isAfter(view.now())) {
            return new Start(attempt, created);
        }
        if (failure.reason().equals(Waiting.PULL_FAILED) && memory.pull != null) {
            Instant shownUntil = memory.pull.triedAt().plus(PULL_ERROR_SHOWN);
            if (view.now().isBefore(shownUntil)) {
                return new Wait(failure, shownUntil);
            }
            String message =
                    "Back-off pulling image " + GoText.quote(failure.image()) + ": ErrImagePull: " + failure.message();
            return new Wait(
                    new Waiting(Waiting.PULL_BACK_OFF, message, failure.image(), failure.until()), failure.until());
        }
        return new Wait(failure, failure.until());
    }

    private static String image(Container container) {
        return requireNonNullElse(container.image(), "");
    }
}
