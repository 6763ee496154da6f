package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.text.GoText;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Turns what a pod worker hears into what it remembers and what it knows of the driver. */
final class PodNews {

    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration STOP_RETRY = Duration.ofSeconds(5);
    private static final int LONGEST_SANDBOX_DELAY = 10;
    private static final Duration FIRST_VOLUME_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_VOLUME_DELAY = Duration.ofSeconds(122);

    private final PodServices services;
    private final PodWorker worker;
    private final PodMemory memory;
    private final Complaints complaints;
    private volatile Observed observed = Observed.NOTHING;
    private long seenSequence;

    PodNews(PodServices services, PodWorker worker, PodMemory memory) {
        this.services = services;
        this.worker = worker;
        this.memory = memory;
        this.complaints = new Complaints(services);
    }

    Observed observed() {
        return observed;
    }

    boolean isAnyWaiting() {
        for (ContainerMemory container : memory.all()) {
            if (container.waiting != null || container.failure != null) {
                return true;
            }
        }
        return memory.sandboxError != null;
    }

    /** A container is about to be started. */
    void starting(Step.Start start, PodView view) {
        ContainerMemory container = memory.of(start.container().name());
        ContainerState last = start.role() == Step.Role.MAIN
                ? view.observed().latest(container.name)
                : view.observed().latestCurrent(container.name);
        if (start.created() == null && last != null && last.phase() == ContainerState.Phase.EXITED) {
            Instant endedAt = requireNonNullElse(last.finishedAt(), last.createdAt());
            container.crash = Backoff.next(container.crash, endedAt, view.now());
        }
        container.follow(start.attempt());
        container.isReset = false;
        container.actual = container.allocated;
        container.starting = true;
    }

    /** Takes over why containers are not started now. */
    void waits(Pod pod, List<PodPlan.Wait> waits, @Nullable Step running) {
        for (ContainerMemory container : memory.all()) {
            Waiting why = find(waits, container.name);
            boolean isBeingStarted = running instanceof Step.Start start
                    && start.container().name().equals(container.name);
            if (why == null) {
                container.waiting = isBeingStarted || container.failure != null ? container.waiting : null;
            } else {
                if (!why.saysTheSameAs(container.waiting)) {
                    announce(pod, container.name, why);
                }
                container.waiting = why;
            }
        }
    }

    private static @Nullable Waiting find(List<PodPlan.Wait> waits, String name) {
        for (PodPlan.Wait wait : waits) {
            if (wait.container().equals(name)) {
                return wait.why();
            }
        }
        return null;
    }

    private void announce(Pod pod, String container, Waiting why) {
        switch (why.reason()) {
            case Waiting.CRASH_LOOP ->
                services.warning(
                        pod,
                        container,
                        "BackOff",
                        "Back-off restarting failed container " + container + " in pod " + PodView.format(pod));
            case Waiting.PULL_BACK_OFF -> {
                services.normal(pod, container, "BackOff", "Back-off pulling image " + GoText.quote(why.image()));
                services.warning(pod, container, "Failed", "Error: " + Waiting.PULL_BACK_OFF);
            }
            default -> {}
        }
    }

    void objectAppeared() {
        memory.volumesRetryAt = Instant.MIN;
        for (ContainerMemory container : memory.all()) {
            if (container.failure != null && container.failure.reason().equals(Waiting.CONFIG)) {
                container.failure = null;
            }
        }
    }

    void probed(Message.Probed probed) {
        ContainerMemory container = memory.of(probed.container());
        if (!container.isAbout(probed.attempt())) {
            return;
        }
        switch (probed.kind()) {
            case READINESS -> container.readinessPassed = probed.success();
            case STARTUP -> {
                container.startupPassed = probed.success();
                container.doom = probed.success() ? container.doom : ContainerMemory.Doom.STARTUP;
            }
            case LIVENESS -> container.doom = probed.success() ? container.doom : ContainerMemory.Doom.LIVENESS;
        }
    }

    void haltEnded(Pod pod, Halt halt, Outcome outcome, boolean isEnding) {
        ContainerMemory container = memory.of(halt.container().name());
        complaints.containerNotStopped(pod, container.name, outcome, isEnding);
        if (!container.isAbout(halt.state().attempt())) {
            return;
        }
        container.stop = ContainerMemory.Stop.HOOK_DONE;
        if (!halt.isHook()) {
            // What the driver has now decides; should it still run whatever the driver said, it is stopped again later.
            worker.setDirty();
            container.stopRetryAt = services.time().instant().plus(STOP_RETRY);
        }
    }

    void stepEnded(Pod pod, Step step, Outcome outcome) {
        switch (step) {
            case Step.SetUpVolumes ignored -> volumesSetUp(pod, outcome);
            case Step.CreateSandbox ignored -> sandboxCreated(pod, outcome);
            case Step.FindSandbox ignored -> found(pod, outcome);
            case Step.RetireSandbox ignored -> {
                retired(outcome);
                complaints.sandboxNotStopped(pod, outcome);
            }
            case Step.Start start -> startEnded(start, outcome);
            case Step.Resize resize -> resized(pod, resize, outcome);
            case Step.ResetContainers ignored -> {
                reset(outcome);
                complaints.containersNotRemoved(pod, outcome);
            }
            case Step.StopSandboxes ignored -> {
                stopped(outcome);
                complaints.sandboxNotStopped(pod, outcome);
            }
            case Step.RemoveSandboxes ignored -> {
                memory.cleaned = outcome instanceof Outcome.Done;
                delayUnless(memory.cleaned);
                complaints.sandboxNotRemoved(pod, outcome);
            }
        }
    }

    private void volumesSetUp(Pod pod, Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            memory.hasVolumes = true;
            new EmptyDirLimits(services).watch(worker, pod);
            memory.volumeFailures = 0;
            return;
        }
        Instant now = services.time().instant();
        Duration delay = FIRST_VOLUME_DELAY.multipliedBy(1L << Math.min(memory.volumeFailures, 8));
        memory.volumeFailures++;
        memory.volumesRetryAt = now.plus(delay.compareTo(LONGEST_VOLUME_DELAY) > 0 ? LONGEST_VOLUME_DELAY : delay);
        if (outcome instanceof Outcome.NotSetUp failed) {
            services.warning(pod, "FailedMount", failed.message());
            if (failed.missing() != null && isThereNow(failed.missing())) {
                memory.volumesRetryAt = now;
            }
        } else if (outcome instanceof Outcome.Failed failed) {
            services.warning(pod, "FailedMount", failed.message());
        }
    }

    private void sandboxCreated(Pod pod, Outcome outcome) {
        switch (outcome) {
            case Outcome.Seen seen -> {
                memory.sandboxError = null;
                delayUnless(true);
                // A list that began after this call, but was answered before the sandbox was there, hides it.
                memory.sandboxInDoubt = !seen(seen.truth());
            }
            case Outcome.Failed failed -> {
                memory.sandboxInDoubt |= failed.isInDoubt();
                memory.sandboxError = "Failed to create pod sandbox: " + failed.message();
                delayUnless(false);
                if (!failed.isNodeDown()) {
                    services.warning(pod, "FailedCreatePodSandBox", memory.sandboxError);
                }
            }
            default -> memory.sandboxInDoubt = true;
        }
    }

    private void found(Pod pod, Outcome outcome) {
        if (outcome instanceof Outcome.Found found) {
            memory.sandboxInDoubt = false;
            delayUnless(true);
            take(pod, found.sandboxes());
        } else {
            delayUnless(false);
            complaints.notInspected(pod, outcome);
        }
    }

    private void retired(Outcome outcome) {
        SandboxState old = observed.current();
        if (outcome instanceof Outcome.Seen seen && old != null) {
            delayUnless(true);
            unlist(old);
            memory.sandboxes = Math.max(memory.sandboxes, old.attempt() + 1);
            SandboxState dead = seen.truth().sandbox();
            observed = new Observed(null, old.containers().isEmpty() ? observed.retired() : dead == null ? old : dead);
            seenSequence = Math.max(seenSequence, seen.truth().sequence());
        } else {
            delayUnless(false);
        }
    }

    private void resized(Pod pod, Step.Resize resize, Outcome outcome) {
        ContainerMemory container = memory.of(resize.container());
        if (outcome instanceof Outcome.Done) {
            container.actual = resize.to();
            if (memory.progress != null) {
                memory.progress = new PodResize.Progress(null, memory.progress.generation(), memory.progress.since());
            }
            return;
        }
        worker.setDirty();
        container.resizeRetryAt = services.time().instant().plus(RETRY);
        if (outcome instanceof Outcome.Failed failed && memory.progress != null) {
            memory.progress =
                    new PodResize.Progress(failed.message(), memory.progress.generation(), memory.progress.since());
            services.warning(pod, "ResizeError", ResizeText.of("Pod resize error", pod, failed.message()));
        }
    }

    private void reset(Outcome outcome) {
        if (outcome instanceof Outcome.Seen seen) {
            delayUnless(true);
            memory.isRestartingAll = false;
            for (ContainerMemory container : memory.all()) {
                container.isReset = container.seen >= 0 && !container.isEphemeral;
            }
            seen(seen.truth());
        } else {
            worker.setDirty();
            delayUnless(false);
        }
    }

    private void stopped(Outcome outcome) {
        if (!(outcome instanceof Outcome.Done) && !(outcome instanceof Outcome.Seen)) {
            delayUnless(false);
            return;
        }
        delayUnless(true);
        memory.stopped = true;
        SandboxState current = observed.current();
        if (current != null) {
            unlist(current);
        }
        if (outcome instanceof Outcome.Seen seen && seen.truth().sandbox() != null) {
            seen(seen.truth());
        }
    }

    private void startEnded(Step.Start start, Outcome outcome) {
        ContainerMemory container = memory.of(start.container().name());
        container.starting = false;
        switch (outcome) {
            case Outcome.Started started -> {
                container.failure = null;
                container.waiting = null;
                container.pull = null;
                if (started.truth() == null) {
                    worker.setDirty();
                } else {
                    seen(started.truth());
                }
            }
            case Outcome.HookFailed ignored -> {
                container.failure = null;
                container.waiting = null;
                container.doom = ContainerMemory.Doom.POST_START;
                worker.setDirty();
            }
            case Outcome.NotStarted refused -> {
                failed(container, refused.failure());
                if (refused.missing() != null) {
                    await(container, refused.missing());
                }
            }
            default -> worker.setDirty();
        }
    }

    private void failed(ContainerMemory container, Waiting failure) {
        Instant now = services.time().instant();
        Instant until = failure.until();
        switch (failure.reason()) {
            case Waiting.PULL_FAILED -> {
                container.pull = Backoff.next(container.pull, now, now);
                until = now.plus(container.pull.delay());
            }
            case Waiting.RUN -> {
                container.crash = Backoff.next(container.crash, now, now);
                until = now.plus(container.crash.delay());
            }
            case Waiting.NEVER_PULL, Waiting.INSPECT_FAILED -> until = now.plus(RETRY);
            default -> {}
        }
        container.failure = new Waiting(failure.reason(), failure.message(), failure.image(), until);
    }

    private void await(ContainerMemory container, Missing missing) {
        if (isThereNow(missing)) {
            container.failure = null;
        }
    }

    /** Waits for an object. {@return whether it has appeared between the look and the wait} */
    private boolean isThereNow(Missing missing) {
        services.missing().add(missing.type(), missing.key(), worker);
        return !Objects.equals(version(missing.type(), missing), missing.resourceVersion());
    }

    private <R extends Resource> @Nullable String version(ResourceType<R> type, Missing missing) {
        return services.store()
                .find(type, missing.key())
                .map(found -> found.metadata().resourceVersion())
                .orElse(null);
    }

    private void delayUnless(boolean isDone) {
        if (isDone) {
            memory.sandboxFailures = 0;
            memory.sandboxRetryAt = Instant.MIN;
        } else {
            int seconds = Math.min(LONGEST_SANDBOX_DELAY, 1 << Math.min(memory.sandboxFailures, 4));
            memory.sandboxFailures++;
            memory.sandboxRetryAt = services.time().instant().plusSeconds(seconds);
        }
    }

    /** Takes over all sandboxes of the pod that a list of everything had. */
    void listed(Pod pod, Message.Listed listed) {
        if (listed.sequence() > seenSequence && !worker.isQuiet()) {
            seenSequence = listed.sequence();
            take(pod, listed.sandboxes());
        } else {
            worker.setDirty();
        }
    }

    private void take(Pod pod, List<SandboxState> sandboxes) {
        SandboxState newest = null;
        SandboxState before = null;
        for (SandboxState sandbox : sandboxes) {
            if (newest == null || sandbox.attempt() > newest.attempt()) {
                before = newest;
                newest = sandbox;
            } else if (before == null || sandbox.attempt() > before.attempt()) {
                before = sandbox;
            }
        }
        newest = LastWords.carriedOver(pod, newest, observed);
        if (LastWords.areMissing(pod, newest)) {
            // A list does not read logs.
            worker.setDirty();
        }
        if (newest != null) {
            resume(pod, newest);
        }
        current(newest);
        observed = new Observed(newest, before == null ? observed.retired() : before);
    }

    /** What is said of containers that ran before this kubelet did holds until their probes say otherwise. */
    private void resume(Pod pod, SandboxState sandbox) {
        for (ContainerState state : sandbox.containers()) {
            ContainerStatus reported = PodView.reported(pod, state.name());
            if (reported != null
                    && state.phase() == ContainerState.Phase.RUNNING
                    && memory.has(state.name())
                    && ContainerStatuses.id(services.driver().name(), state.id())
                            .equals(reported.containerID())) {
                memory.of(state.name()).resume(state.attempt(), reported);
            }
        }
    }

    /** Takes over what the driver has said, unless something newer is known. {@return whether it was taken over} */
    boolean seen(Outcome.Truth truth) {
        if (truth.sequence() <= seenSequence) {
            return false;
        }
        seenSequence = truth.sequence();
        current(truth.sandbox());
        return true;
    }

    private void current(@Nullable SandboxState sandbox) {
        SandboxState old = observed.current();
        if (old != null && (sandbox == null || !sandbox.id().equals(old.id()))) {
            unlist(old);
        }
        observed = new Observed(sandbox, observed.retired());
        if (sandbox == null) {
            return;
        }
        memory.sandboxes = Math.max(memory.sandboxes, sandbox.attempt() + 1);
        if (sandbox.ready()) {
            services.pods().listed(sandbox.ips(), sandbox.id());
        }
        for (ContainerState state : sandbox.containers()) {
            if (memory.has(state.name())) {
                ContainerMemory container = memory.of(state.name());
                container.seen = Math.max(container.seen, state.attempt());
                if (container.attempt < state.attempt()) {
                    container.follow(state.attempt());
                }
            }
        }
    }

    private void unlist(SandboxState sandbox) {
        services.pods().unlisted(sandbox.ips(), sandbox.id());
    }
}
