package dev.orchestrator.memory;

/** stub */
public final class ContainerScript implements ContainerProgram {
    @Override
    public int run(ContainerContext context) throws Exception {
        return context.awaitStop();
    }

    record Behaviour(
            java.time.Duration startDelay,
            @org.jspecify.annotations.Nullable String startError) {}

    Behaviour forAttempt(int attempt) {
        return new Behaviour(java.time.Duration.ZERO, null);
    }
}
