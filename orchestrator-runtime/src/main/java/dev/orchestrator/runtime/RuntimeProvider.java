package dev.orchestrator.runtime;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.OrchestratorOptions;
import dev.orchestrator.api.OrchestratorProvider;

/** What {@link Orchestrator#start} finds. */
public final class RuntimeProvider implements OrchestratorProvider {

    /** Creates a provider; called by the service loader. */
    public RuntimeProvider() {}

    @Override
    public Orchestrator start(OrchestratorOptions options) throws InterruptedException {
        return LocalOrchestrator.start(options);
    }
}
