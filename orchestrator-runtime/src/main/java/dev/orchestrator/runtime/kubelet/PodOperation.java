package dev.orchestrator.runtime.kubelet;

import java.time.Instant;

/** An operation whose outcome goes to the worker of one pod. */
abstract class PodOperation extends Operation {

    private final PodWorker worker;

    PodOperation(PodServices services, PodWorker worker) {
        super(services);
        this.worker = worker;
    }

    PodOperation(PodServices services, PodWorker worker, Instant slowAt) {
        super(services, slowAt);
        this.worker = worker;
    }

    final PodWorker worker() {
        return worker;
    }

    /** {@return what the worker is told when this has ended with the given outcome} */
    abstract Message report(Outcome outcome);

    @Override
    final void ended(Outcome outcome) {
        worker.post(report(outcome));
    }
}
