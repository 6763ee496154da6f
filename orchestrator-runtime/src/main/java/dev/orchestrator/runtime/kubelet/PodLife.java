package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodStatus;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.kubelet.volume.PodVolumes;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one pod: asks the plans what to do and sees to it that it is done. Everything here runs under the pod's
 * mailbox, one call at a time, and never waits.
 */
final class PodLife {

    private static final Logger LOG = LoggerFactory.getLogger(PodLife.class);
    private static final WriteRequest WRITE = WriteRequest.by("kubelet");
    private static final WriteRequest WRITE_STATUS = WRITE.on(WriteRequest.Subresource.STATUS);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final PodServices services;
    private final PodWorker worker;
    private final PodMemory memory;
    private final PodNews news;
    private Pod pod;
    private boolean removed;
    private @Nullable StepOperation step;
    private boolean isStepSlow;
    private @Nullable InspectOperation inspection;
    private Instant inspectAt = Instant.MIN;
    private @Nullable PodProbes probes;
    private TimeSource.@Nullable Timer timer;
    private @Nullable Instant timerAt;
    private @Nullable Instant retryAt;
    private boolean isDeleteSent;

    PodLife(PodServices services, PodWorker worker, Pod pod) {
        this.services = services;
        this.worker = worker;
        this.pod = pod;
        this.memory = new PodMemory(pod, startTime(pod, services.time().instant()));
        this.news = new PodNews(services, worker, memory);
        memory.isRestartingAll = PodConditions.isRestartingAll(pod);
        if (pod.isFinished()) {
            memory.verdict = Verdict.OVER;
        }
    }

    private static Instant startTime(Pod pod, Instant now) {
        Instant reported = pod.status().startTime();
        return reported == null ? now : reported;
    }

    /** {@return what the driver had of the pod when it was asked last; may be called by any thread} */
    Observed lastObserved() {
        return news.observed();
    }

    /** Takes in one message. */
    void handle(Message message) {
        switch (message) {
            case Message.Look ignored -> {}
            case Message.ObjectAppeared ignored -> news.objectAppeared();
            case Message.Listed listed -> news.listed(pod, listed);
            case Message.Probed probed -> news.probed(probed);
            case Message.HaltEnded ended -> news.haltEnded(pod, ended.halt(), ended.outcome(), view().isEnding());
            case Message.LateSandbox late -> cameLate(late.sandbox());
            case Message.Evicted evicted -> evict(evicted.why());
            case Message.StepSlow slow -> {
                if (slow.operation().equals(step)) {
                    isStepSlow = true;
                    worker.clearQuiet();
                }
            }
            case Message.StepEnded ended -> {
                if (ended.operation().equals(step)) {
                    step = null;
                    isStepSlow = false;
                    worker.clearQuiet();
                    news.stepEnded(pod, ended.step(), ended.outcome());
                }
            }
            case Message.Inspected inspected -> {
                if (inspected.operation().equals(inspection)) {
                    inspection = null;
                    inspected(inspected.outcome());
                }
            }
        }
    }

    /** A pod that is to run asks for its sandbox again and is given this one; of one that ends nothing may be left. */
    private void cameLate(SandboxState sandbox) {
        if (worker.isGone()) {
            new OrphanRemoval(services, worker.key(), sandbox.id()).start();
        } else if (view().isEnding()) {
            memory.sandboxInDoubt = true;
            memory.stopped = false;
            memory.cleaned = false;
        }
    }

    private void evict(String why) {
        PodView view = view();
        if (!view.isEnding()) {
            pronounce(Verdict.evicted(why), view);
        }
    }

    private void inspected(Outcome outcome) {
        if (outcome instanceof Outcome.Seen seen) {
            news.seen(seen.truth());
        } else {
            worker.setDirty();
            inspectAt = services.time().instant().plus(RETRY);
            new Complaints(services).notInspected(pod, outcome);
        }
    }

    /** Decides what to do now and begins it. {@return an operation for the calling thread to run; null for none} */
    @Nullable
    PodOperation decide() {
        if (worker.isGone() || services.runners().isClosed()) {
            return null;
        }
        try {
            return decideNow();
        } catch (RuntimeException e) {
            LOG.error("pod {}: could not be looked after, is tried again in {}", worker.key(), RETRY, e);
            retryAt(services.time().instant().plus(RETRY));
            setTimer(retryAt);
            return null;
        }
    }

    private @Nullable PodOperation decideNow() {
        refresh();
        if (inspection != null) {
            return null;
        }
        SandboxState current = news.observed().current();
        if (worker.isDirty() && !worker.isQuiet() && current != null) {
            if (services.time().instant().isBefore(inspectAt)) {
                // Nothing is decided on what is known to be old.
                setTimer(inspectAt);
                return null;
            }
            inspection = new InspectOperation(services, worker, pod, current.id());
            return inspection;
        }
        PodView view = view();
        memory.isRestartingAll |= RestartAllPlan.isUnderWay(view) && !view.isEnding();
        updateEnding(view);
        if (!view.isEnding()) {
            PodResize.update(services, worker, view);
        }
        PodPlan plan = PodPlan.of(view);
        if (plan.verdict() != null) {
            pronounce(plan.verdict(), view);
            plan = PodPlan.of(view);
        }
        return apply(view, plan);
    }

    private @Nullable PodOperation apply(PodView view, PodPlan plan) {
        StepOperation running = step;
        if (running != null && view.isEnding() && isStarting(running.step())) {
            running.cancel();
        }
        Step effective = running == null ? plan.step() : running.step();
        news.waits(pod, plan.waits(), effective);
        halt(view, plan.halts());
        watch(view);
        if (isReportDue(view, effective)) {
            try {
                report(view);
                if (plan.isDone()) {
                    finish();
                }
            } catch (RuntimeException e) {
                LOG.error("pod {}: its status could not be written, is tried again in {}", worker.key(), RETRY, e);
                retryAt(view.now().plus(RETRY));
            }
        }
        lookAt(plan.lookAt(), view.now());
        // Last of all: once begun, it has to be run.
        return running == null && plan.step() != null ? begin(view, plan.step()) : null;
    }

    private PodView view() {
        Instant now = services.time().instant();
        boolean isNodeReady = services.nodes().isReady(pod.spec().nodeName());
        return new PodView(pod, removed, news.observed(), memory, isNodeReady, now);
    }

    private void refresh() {
        Pod stored = services.store().find(ResourceTypes.POD, worker.key()).orElse(null);
        if (stored == null || !worker.uid().equals(stored.metadata().uid())) {
            if (!removed) {
                removed = true;
                services.pods().left(worker);
            }
        } else {
            pod = stored;
            memory.addEphemeral(stored);
        }
    }

    private void updateEnding(PodView view) {
        Duration grace = view.grace();
        if (view.isEnding() && !grace.equals(memory.endingGrace)) {
            memory.endingGrace = grace;
            memory.endingSince = view.now();
        }
    }

    private void pronounce(Verdict verdict, PodView view) {
        memory.verdict = verdict;
        if (verdict.isEviction()) {
            services.warning(pod, "Evicted", Objects.requireNonNullElse(verdict.message(), ""));
        } else if (verdict.reason() != null) {
            services.normal(pod, verdict.reason(), Objects.requireNonNullElse(verdict.message(), ""));
        }
        updateEnding(view);
    }

    private static boolean isStarting(Step step) {
        return step instanceof Step.Start || step instanceof Step.CreateSandbox || step instanceof Step.SetUpVolumes;
    }

    private void halt(PodView view, List<Halt> halts) {
        SandboxState sandbox = view.observed().current();
        for (Halt halt : halts) {
            if (sandbox == null) {
                return;
            }
            ContainerMemory container = memory.of(halt.container().name());
            container.follow(halt.state().attempt());
            if (container.stop == ContainerMemory.Stop.NONE || !halt.isHook()) {
                container.killAt = view.now().plus(halt.grace());
            }
            container.stop = halt.isHook() ? ContainerMemory.Stop.HOOK : ContainerMemory.Stop.SIGNALLED;
            if (halt.message() != null) {
                services.normal(pod, halt.container().name(), "Killing", halt.message());
            }
            worker.spawn(new HaltOperation(services, worker, pod, sandbox, halt));
        }
    }

    private StepOperation begin(PodView view, Step next) {
        StepOperation operation;
        SandboxState sandbox = view.observed().current();
        if (next instanceof Step.Start start && sandbox != null) {
            news.starting(start, view);
            var allocated = new Step.Start(
                    PodResize.allocated(start.container(), memory), start.role(), start.attempt(), start.created());
            operation = new StartOperation(services, worker, pod, allocated, view.observed(), sandbox);
        } else {
            if (next instanceof Step.RetireSandbox) {
                services.normal(pod, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
            }
            operation = new StepOperation(services, worker, pod, next, view.observed());
        }
        if (isStarting(next)) {
            worker.setQuiet();
        }
        step = operation;
        return operation;
    }

    private void watch(PodView view) {
        if (probes == null && PodProbes.areWanted(pod)) {
            probes = new PodProbes(services, worker);
        }
        if (probes != null) {
            probes.update(view);
        }
    }

    /** Asks for another look that no plan asks for. */
    private void retryAt(Instant when) {
        if (retryAt == null || when.isBefore(retryAt)) {
            retryAt = when;
        }
    }

    private void lookAt(@Nullable Instant planned, Instant now) {
        if (retryAt != null && !retryAt.isAfter(now)) {
            retryAt = null;
        }
        setTimer(planned == null || (retryAt != null && retryAt.isBefore(planned)) ? retryAt : planned);
    }

    private void setTimer(@Nullable Instant when) {
        if (Objects.equals(when, timerAt) || services.runners().isClosed()) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerAt = when;
        timer = when == null ? null : services.time().schedule(when, () -> worker.post(Message.LOOK));
    }

    /** A pod that is about to run is not reported step by step, as long as all goes well and fast. */
    private boolean isReportDue(PodView view, @Nullable Step effective) {
        if (effective == null || isStepSlow || view.isEnding() || !isStarting(effective)) {
            return true;
        }
        String phase = pod.status().phase();
        boolean isPending = phase == null || phase.equals(PodPhases.PENDING);
        return !isPending || news.isAnyWaiting();
    }

    private void report(PodView view) {
        if (removed) {
            return;
        }
        String driver = services.driver().name();
        String hostIp = services.nodes().hostIp(pod.spec().nodeName());
        PodStatus status = PodStatuses.of(view, driver, hostIp);
        if (status.equals(pod.status())) {
            return;
        }
        try {
            Pod reported = services.store().edit(ResourceTypes.POD, worker.key(), WRITE_STATUS, stored -> {
                if (!worker.uid().equals(stored.metadata().uid())) {
                    return stored;
                }
                PodStatus now = isRead(stored, view) ? status : PodStatuses.of(view.with(stored), driver, hostIp);
                return PodBuilder.builder(stored).status(now).build();
            });
            if (worker.uid().equals(reported.metadata().uid())) {
                pod = reported;
            } else {
                // There is another pod of that name by now: it must not be taken for this one.
                worker.post(Message.LOOK);
            }
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.NOT_FOUND) {
                throw e;
            }
            // Its removal is on its way to the mailbox.
            worker.post(Message.LOOK);
        }
    }

    @SuppressWarnings("ReferenceEquality") // another instance is another version
    private static boolean isRead(Pod stored, PodView view) {
        return stored == view.pod();
    }

    private void finish() {
        if (removed) {
            setTimer(null);
            if (probes != null) {
                probes.stop();
            }
            worker.setGone();
            services.deferred().remove(worker);
            services.pods().remove(worker);
            if (PodVolumes.areWanted(pod)) {
                services.runners()
                        .start(
                                "volumes/" + worker.key(),
                                () -> services.volumes().remove(worker.uid()));
            }
        } else if (memory.cleaned && !isDeleteSent) {
            // With finalizers the pod stays a while; that is not for the kubelet to wait for.
            delete();
            isDeleteSent = true;
        }
    }

    private void delete() {
        try {
            services.store()
                    .delete(
                            ResourceTypes.POD,
                            worker.key(),
                            DeleteOptionsBuilder.builder()
                                    .gracePeriodSeconds(0L)
                                    .preconditions(new Preconditions(null, worker.uid()))
                                    .build(),
                            WRITE);
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.NOT_FOUND && e.reason() != ApiException.Reason.CONFLICT) {
                throw e;
            }
            // Somebody else was faster, and there may be another pod of that name by now.
            worker.post(Message.LOOK);
        }
    }
}
