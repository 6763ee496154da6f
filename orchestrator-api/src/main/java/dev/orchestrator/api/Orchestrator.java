package dev.orchestrator.api;

import dev.orchestrator.spi.ContainerDriver;

/**
 * A running orchestrator: a cluster inside this JVM.
 *
 * <p>It keeps what it is told: pods, deployments, services and all the rest live until they are deleted or it is
 * closed, or, with a {@linkplain OrchestratorBuilder#stateDirectory state directory}, longer. All methods, and those of
 * all handles, may be called from any thread. Several orchestrators in one JVM do not see each other.
 */
public interface Orchestrator extends Cluster, AutoCloseable {

    /**
     * {@return a running orchestrator with default settings; blocks until it takes requests}
     *
     * @param driver what runs the containers; closed together with the orchestrator
     * @throws InterruptedException if interrupted while starting; nothing is left behind
     * @throws IllegalStateException if {@code orchestrator-runtime} is missing
     */
    static Orchestrator start(ContainerDriver driver) throws InterruptedException {
        return builder(driver).start();
    }

    /** {@return settings to start an orchestrator with} */
    static OrchestratorBuilder builder(ContainerDriver driver) {
        return new OrchestratorBuilder(driver);
    }

    /**
     * Stops all pods and control loops, then the driver, within the deadline of the settings; leaves no thread, socket
     * or file but those of its state directory. That keeps all objects: whoever starts with it again finds them as they
     * were, and pods that ran run again in new containers. Waits of handles fail; afterwards all methods but this one
     * throw {@link IllegalStateException}. Calling it again does nothing.
     */
    @Override
    void close();
}
