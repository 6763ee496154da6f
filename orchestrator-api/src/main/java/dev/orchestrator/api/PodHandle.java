package dev.orchestrator.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.core.Pod;

/** A pod. */
public interface PodHandle extends ResourceHandle<Pod, PodHandle> {

    /** {@return the logs of its only container, or of the one named by annotation or first in order} */
    PodLogs logs();

    /** {@return the logs of a container} */
    PodLogs logs(String container);

    /**
     * Runs a command in the pod's first container, without input, and collects its output.
     *
     * @throws ApiException if the container does not run or the command can not be started
     * @throws InterruptedException if interrupted while waiting
     */
    CommandOutput exec(String... command) throws InterruptedException;

    /** Runs a command as {@link #exec(String...)} does, in a container of choice. */
    CommandOutput execIn(String container, List<String> command, Duration timeout) throws InterruptedException;

    /**
     * Starts a command in a container with its streams open.
     *
     * @return the streams, which the caller closes
     */
    ContainerProcess open(String container, List<String> command) throws InterruptedException;

    /**
     * Opens the streams of a container's main process; closing them leaves it running.
     *
     * @return the streams, which the caller closes
     */
    ContainerProcess attach(String container) throws InterruptedException;

    /**
     * {@return where this JVM reaches a port of the pod, whether or not anything listens there; the same for the life
     * of the pod's network}
     *
     * @throws IllegalStateException if the pod has no network yet or no more
     */
    InetSocketAddress address(int port);

    /**
     * Listens on a free port of the loopback interface and passes every connection on to a port of this pod, until
     * closed.
     *
     * @throws IllegalArgumentException if the port is not between 1 and 65535
     */
    PortForward portForward(int port);

    /**
     * Copies a file or directory of this machine into a container that runs, through its {@code sh}, {@code cat} and
     * {@code mkdir}; permissions are not kept.
     *
     * @param local what to copy
     * @param target the path it is to have in the container; a file that is there is replaced
     * @throws ApiException if the container does not run, or refuses to write; some files may have been copied
     * @throws IOException if a local file can not be read
     * @throws InterruptedException if interrupted while copying
     */
    PodHandle copyTo(String container, Path local, String target) throws IOException, InterruptedException;

    /**
     * Copies a file or directory of a container that runs to this machine, through its {@code test}, {@code ls} and
     * {@code cat}; permissions are not kept.
     *
     * @param source the path in the container
     * @param local the path it is to have here; a file that is there is replaced
     * @throws ApiException if the container does not run or has no such file; some files may have been copied
     * @throws IOException if a local file can not be written
     * @throws InterruptedException if interrupted while copying
     */
    PodHandle copyFrom(String container, String source, Path local) throws IOException, InterruptedException;

    /**
     * {@return what each running container of the pod uses, as {@code kubectl top pod} shows it}
     *
     * @throws InterruptedException if interrupted while measuring
     */
    List<ContainerUsage> top() throws InterruptedException;

    /**
     * Deletes the pod with its own grace period, unless a disruption budget forbids it now.
     *
     * @throws ApiException with reason {@code TOO_MANY_REQUESTS} if a disruption budget would be violated: try again
     *     later; with {@code INTERNAL_ERROR} if several disruption budgets select the pod
     */
    PodHandle evict();

    /**
     * Blocks until the pod is ready and the services that select it send it connections.
     *
     * @throws AwaitException if it was not in time; at once when it has ended or its image name is invalid
     * @throws InterruptedException if interrupted while waiting
     */
    PodHandle awaitReady(Duration timeout) throws InterruptedException;

    /**
     * Blocks until all containers have ended for good.
     *
     * @return the pod, {@code Succeeded} or {@code Failed}
     * @throws AwaitException if they had not in time
     * @throws InterruptedException if interrupted while waiting
     */
    Pod awaitFinished(Duration timeout) throws InterruptedException;
}
