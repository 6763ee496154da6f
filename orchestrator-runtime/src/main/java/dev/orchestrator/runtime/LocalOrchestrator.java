package dev.orchestrator.runtime;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.OrchestratorOptions;
import dev.orchestrator.runtime.handle.ClusterView;

/** A running orchestrator: the handles on one side, the parts behind them on the other. */
final class LocalOrchestrator extends ClusterView implements Orchestrator {

    private final Parts parts;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalOrchestrator(Parts parts, String namespace) {
        super(parts.handleContext(), namespace);
        this.parts = parts;
    }

    /** {@return an orchestrator whose loops run; when it fails nothing is left behind} */
    static LocalOrchestrator start(OrchestratorOptions options) throws InterruptedException {
        var parts = new Parts(options);
        var started = false;
        try {
            parts.start();
            started = true;
            return new LocalOrchestrator(parts, options.namespace());
        } finally {
            if (!started) {
                parts.close();
            }
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            parts.close();
        }
    }
}
