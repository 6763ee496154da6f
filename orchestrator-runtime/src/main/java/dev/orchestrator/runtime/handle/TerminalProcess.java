package dev.orchestrator.runtime.handle;

import dev.orchestrator.api.ContainerProcess;

/** The open streams of a process in a container that may have a terminal. */
public interface TerminalProcess extends ContainerProcess {

    /** Tells the process the size of its terminal; ignored without one. */
    void resize(int columns, int rows);
}
