package dev.orchestrator.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
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

    /**
     * Removes environment variables from all containers, as {@code kubectl set env deployment/web NAME-} does; those
     * that are not there are no error.
     */
    H unsetEnv(String... names);

    /** Sets the service account that the pods run as. */
    H setServiceAccount(String name);

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
     * Blocks until as many pods as wanted are available and the services that select them send them connections.
     *
     * @throws AwaitException if they were not in time, or can not become so
     * @throws InterruptedException if interrupted while waiting
     */
    H awaitAvailable(Duration timeout) throws InterruptedException;

    /**
     * Makes a service of the same name for the pods and returns its handle.
     *
     * @param port the port of the service, and of the pods
     * @throws ApiException if there is such a service, or the pods are not selected by labels alone
     */
    default ServiceHandle expose(int port) {
        return expose(port, port);
    }

    /**
     * Makes a service of the same name for the pods and returns its handle.
     *
     * @param port the port of the service
     * @param targetPort the port of the pods
     * @throws ApiException if there is such a service, or the pods are not selected by labels alone
     */
    default ServiceHandle expose(int port, int targetPort) {
        return expose(name(), port, IntOrString.of(targetPort));
    }

    /**
     * Makes a service for the pods and returns its handle.
     *
     * @param service the name of the service
     * @param port the port of the service
     * @param targetPort the number or name of the port of the pods
     * @throws ApiException if there is such a service, or the pods are not selected by labels alone
     */
    ServiceHandle expose(String service, int port, IntOrString targetPort);

    /**
     * Makes an autoscaler of the same name, as {@code kubectl autoscale} does, and returns its handle.
     *
     * @param min the fewest pods there are to be
     * @param max the most pods there are to be
     * @param cpuPercent how much of the requested processor time pods are to use on average
     * @throws ApiException if there is such an autoscaler, the numbers make no sense, or with reason
     *     {@code METHOD_NOT_ALLOWED} if this kind has no number of replicas
     */
    ObjectHandle<HorizontalPodAutoscaler> autoscale(int min, int max, int cpuPercent);
}
