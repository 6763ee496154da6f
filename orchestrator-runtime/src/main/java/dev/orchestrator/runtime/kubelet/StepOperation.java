package dev.orchestrator.runtime.kubelet;

import java.util.List;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxState;

/** Does one step for a pod; all but the start of containers, which is {@link StartOperation}'s. */
class StepOperation extends PodOperation {

    private final PodServices services;
    private final Pod pod;
    private final Step step;
    private final Observed observed;

    StepOperation(PodServices services, PodWorker worker, Pod pod, Step step, Observed observed) {
        super(
                services,
                worker,
                services.time().instant().plus(services.options().slowAfter()));
        this.services = services;
        this.pod = pod;
        this.step = step;
        this.observed = observed;
    }

    final Step step() {
        return step;
    }

    final PodServices services() {
        return services;
    }

    final Pod pod() {
        return pod;
    }

    final Observed observed() {
        return observed;
    }

    @Override
    Outcome run() throws InterruptedException {
        return switch (step) {
            case Step.SetUpVolumes ignored -> new VolumeSetUp(services).run(pod);
            case Step.CreateSandbox create -> create(create.attempt());
            case Step.FindSandbox ignored -> find();
            case Step.RetireSandbox retire -> retire(retire.id());
            case Step.Resize resize -> resize(resize);
            case Step.ResetContainers reset -> reset(reset);
            case Step.StopSandboxes stop -> stop(stop.ids());
            case Step.RemoveSandboxes remove -> remove(remove.ids());
            case Step.Start ignored -> throw new IllegalStateException("not this operation's step");
        };
    }

    private Outcome create(int attempt) throws InterruptedException {
        long sequence = services.sequence().incrementAndGet();
        SandboxState sandbox =
                call("creating pod sandbox", () -> services.driver().runSandbox(SandboxSpecs.of(pod, attempt)));
        return new Outcome.Seen(new Outcome.Truth(sequence, sandbox));
    }

    private Outcome find() throws InterruptedException {
        String uid = pod.metadata().uidOrEmpty();
        List<SandboxState> all =
                call("listing pod sandboxes", () -> services.driver().sandboxes());
        return new Outcome.Found(
                all.stream().filter(sandbox -> sandbox.podUid().equals(uid)).toList());
    }

    /** The last one that had containers is kept, for their logs and exit codes. */
    private Outcome retire(SandboxId id) throws InterruptedException {
        stopOne(id);
        SandboxState retired = observed.retired();
        if (observed.current() != null && observed.current().containers().isEmpty()) {
            removeOne(id);
        } else if (retired != null) {
            removeOne(retired.id());
        }
        return new Outcome.Seen(inspect(id));
    }

    private Outcome resize(Step.Resize resize) throws InterruptedException {
        call("updating container resources", () -> {
            services.driver().updateContainer(resize.id(), resize.to());
            return resize;
        });
        return new Outcome.Done();
    }

    private Outcome reset(Step.ResetContainers reset) throws InterruptedException {
        for (ContainerId id : reset.ids()) {
            call("removing container", () -> {
                services.driver().removeContainer(id);
                return id;
            });
        }
        return new Outcome.Seen(inspect(reset.sandbox()));
    }

    private Outcome stop(List<SandboxId> ids) throws InterruptedException {
        for (SandboxId id : ids) {
            stopOne(id);
        }
        return ids.isEmpty() || observed.current() == null
                ? new Outcome.Done()
                : new Outcome.Seen(inspect(observed.current().id()));
    }

    private Outcome remove(List<SandboxId> ids) throws InterruptedException {
        for (SandboxId id : ids) {
            removeOne(id);
        }
        return new Outcome.Done();
    }

    private void stopOne(SandboxId id) throws InterruptedException {
        call("stopping pod sandbox", () -> {
            services.driver().stopSandbox(id);
            return id;
        });
    }

    private void removeOne(SandboxId id) throws InterruptedException {
        call("removing pod sandbox", () -> {
            services.driver().removeSandbox(id);
            return id;
        });
    }

    /** {@return what the driver has of a sandbox now} */
    final Outcome.Truth inspect(SandboxId id) throws InterruptedException {
        worker().clearDirty();
        long sequence = services.sequence().incrementAndGet();
        SandboxState sandbox = call(
                        "inspecting pod sandbox", () -> services.driver().sandbox(id))
                .orElse(null);
        return new Outcome.Truth(sequence, new LastWords(services, this, pod).in(sandbox, worker().lastObserved()));
    }

    @Override
    void slow() {
        worker().post(new Message.StepSlow(this));
    }

    @Override
    Message report(Outcome outcome) {
        return new Message.StepEnded(this, step, outcome);
    }

    @Override
    void late(Outcome outcome) {
        if (outcome instanceof Outcome.Seen seen && step instanceof Step.CreateSandbox) {
            SandboxState sandbox = seen.truth().sandbox();
            if (sandbox != null) {
                worker().post(new Message.LateSandbox(sandbox));
            }
        }
        worker().driverChanged();
    }
}
