package dev.orchestrator.api;

/** Starts orchestrators: found by {@link java.util.ServiceLoader}, brought by the runtime. */
public interface OrchestratorProvider {

    /**
     * {@return a running orchestrator}
     *
     * @throws InterruptedException if interrupted while starting; nothing is left behind
     */
    Orchestrator start(OrchestratorOptions options) throws InterruptedException;
}
