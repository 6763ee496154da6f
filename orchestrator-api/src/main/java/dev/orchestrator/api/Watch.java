package dev.orchestrator.api;

/** A watch that calls back until it is closed. */
public interface Watch extends AutoCloseable {

    /** Ends the watch; waits for a callback in progress unless called by it. Calling it again does nothing. */
    @Override
    void close();
}
