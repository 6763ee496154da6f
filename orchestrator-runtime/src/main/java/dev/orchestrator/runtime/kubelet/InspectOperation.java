package dev.orchestrator.runtime.kubelet;

import dev.orchestrator.spi.SandboxId;

/** Asks the driver what it has of a pod. */
final class InspectOperation extends PodOperation {

    private final PodServices services;
    private final SandboxId id;

    InspectOperation(PodServices services, PodWorker worker, SandboxId id) {
        super(services, worker);
        this.services = services;
        this.id = id;
    }

    @Override
    Outcome run() throws InterruptedException {
        worker().clearDirty();
        long sequence = services.sequence().incrementAndGet();
        return new Outcome.Seen(new Outcome.Truth(
                sequence,
                call("inspecting pod sandbox", () -> services.driver().sandbox(id))
                        .orElse(null)));
    }

    @Override
    Message report(Outcome outcome) {
        return new Message.Inspected(this, outcome);
    }
}
