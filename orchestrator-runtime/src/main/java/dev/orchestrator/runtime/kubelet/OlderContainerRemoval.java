package dev.orchestrator.runtime.kubelet;

import java.util.List;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.spi.ContainerId;

/**
 * Removes containers of a name that others have followed, beside what the pod does: nothing waits for it. One that
 * fails is tried again with the next restart.
 */
final class OlderContainerRemoval extends PodOperation {

    private final PodServices services;
    private final Pod pod;
    private final String container;
    private final List<ContainerId> ids;

    OlderContainerRemoval(PodServices services, PodWorker worker, Pod pod, String container, List<ContainerId> ids) {
        super(services, worker);
        this.services = services;
        this.pod = pod;
        this.container = container;
        this.ids = ids;
    }

    @Override
    Outcome run() throws InterruptedException {
        for (ContainerId id : ids) {
            call("removing container", () -> {
                services.driver().removeContainer(id);
                return id;
            });
        }
        return new Outcome.Done();
    }

    @Override
    Outcome failed(Outcome.Failed failure) {
        new Complaints(services).olderNotRemoved(pod, container, failure);
        return failure;
    }

    @Override
    Message report(Outcome outcome) {
        return Message.LOOK;
    }
}
