package dev.orchestrator.memory;

import java.time.Duration;

/** A server that a container has opened on one of its ports; it ends with its container. */
public interface ContainerServer extends AutoCloseable {

    /** {@return the port inside the pod} */
    int port();

    /**
     * Accepts no more connections and returns when those that are open have ended: what is being answered is finished;
     * an idle connection may send one more request, whose answer says that the connection closes, or is closed after
     * the given time. Runs by itself when the program returns after it was asked to stop.
     *
     * @param idleFor how long idle connections are kept
     */
    void drain(Duration idleFor) throws InterruptedException;

    /** Closes the port and all connections at once. */
    @Override
    void close();
}
