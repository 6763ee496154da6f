package dev.orchestrator.memory;

/** Makes things go wrong. */
public final class Faults {
    Faults(Cluster cluster) {}

    boolean deliversEvents() {
        return true;
    }

    void release() {}
}
