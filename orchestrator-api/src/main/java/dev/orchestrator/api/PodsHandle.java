package dev.orchestrator.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Pod;

/**
 * An object that keeps pods.
 *
 * @param <R> the kind
 * @param <H> the handle itself
 */
public interface PodsHandle<R extends Resource, H extends PodsHandle<R, H>> extends ResourceHandle<R, H> {

    /**
     * Sets how many pods there are to be.
     *
     * @throws ApiException with reason {@code METHOD_NOT_ALLOWED} if this kind has no number of replicas
     */
    H scale(int replicas);

    /**
     * Sets the image of a container.
     *
     * @param container the name of the container, or {@code *} for all
     * @throws ApiException if there is no such container
     */
    H setImage(String container, String image);

    /** Sets environment variables of all containers; an empty value is a value. */
    H setEnv(Map<String, String> variables);

    /** Sets an environment variable of all containers. */
    default H setEnv(String name, String value) {
        return setEnv(Map.of(name, value));
    }

    /**
     * Sets what a container asks for and is limited to, such as {@code Map.of("cpu", "250m")}; empty maps change
     * nothing.
     */
    H setResources(String container, Map<String, String> requests, Map<String, String> limits);

    /** {@return the pods it controls, oldest first} */
    List<Pod> pods();

    /**
     * Blocks until as many pods as wanted are available.
     *
     * @throws AwaitException if they were not in time, or can not become so
     * @throws InterruptedException if interrupted while waiting
     */
    H awaitAvailable(Duration timeout) throws InterruptedException;

    /**
     * Makes a service for the pods and returns its handle.
     *
     * @param port the port of the service, and of the pods
     */
    ServiceHandle expose(int port);
}
