package dev.orchestrator.runtime.kubelet;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxState;

/** Asks the driver what it has of a pod. */
final class InspectOperation extends PodOperation {

    private final PodServices services;
    private final Pod pod;
    private final SandboxId id;

    InspectOperation(PodServices services, PodWorker worker, Pod pod, SandboxId id) {
        super(services, worker);
        this.pod = pod;
        this.services = services;
        this.id = id;
    }

    @Override
    Outcome run() throws InterruptedException {
        worker().clearDirty();
        long sequence = services.sequence().incrementAndGet();
        SandboxState sandbox = call(
                        "inspecting pod sandbox", () -> services.driver().sandbox(id))
                .orElse(null);
        return new Outcome.Seen(
                new Outcome.Truth(sequence, new LastWords(services, this, pod).in(sandbox, worker().lastObserved())));
    }

    @Override
    Message report(Outcome outcome) {
        return new Message.Inspected(this, outcome);
    }
}
