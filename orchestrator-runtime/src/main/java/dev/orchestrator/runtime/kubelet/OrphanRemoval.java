package dev.orchestrator.runtime.kubelet;

import java.time.Duration;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.spi.SandboxId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes a sandbox whose pod is no longer there; tried again until it succeeds. */
final class OrphanRemoval extends Operation {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanRemoval.class);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final PodServices services;
    private final ObjectKey pod;
    private final SandboxId id;

    OrphanRemoval(PodServices services, ObjectKey pod, SandboxId id) {
        super(services);
        this.services = services;
        this.pod = pod;
        this.id = id;
    }

    void start() {
        services.runners().start("orphan/" + pod, () -> {
            Outcome outcome = execute();
            if (outcome != null) {
                ended(outcome);
            }
        });
    }

    @Override
    Outcome run() throws InterruptedException {
        return call("removing pod sandbox", () -> {
            services.driver().stopSandbox(id);
            services.driver().removeSandbox(id);
            return new Outcome.Done();
        });
    }

    @Override
    void ended(Outcome outcome) {
        if (!(outcome instanceof Outcome.Done) && !services.runners().isClosed()) {
            LOG.warn("{}: the sandbox {} of a pod that is gone is still there: {}", pod, id, outcome);
            services.time().schedule(RETRY, () -> new OrphanRemoval(services, pod, id).start());
        }
    }
}
