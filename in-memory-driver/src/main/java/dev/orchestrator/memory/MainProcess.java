package dev.orchestrator.memory;

/** What runs in a container that does more than idle. */
interface MainProcess {

    /** Begins to run; called once. */
    void launch();

    /** Delivers a signal other than {@code SIGKILL}. */
    void signal(String name);

    /** Ends whatever still runs; the container has ended already. */
    void kill();
}
