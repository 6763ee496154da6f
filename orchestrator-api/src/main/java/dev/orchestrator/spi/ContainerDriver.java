package dev.orchestrator.spi;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.core.ResourceRequirements;

/**
 * Runs containers for one orchestrator.
 *
 * <p>All methods may be called from any thread at the same time, for different pods above all; calls about one
 * container come one after another, except {@link #exec}, {@link #openExec}, {@link #attach}, {@link #logs},
 * {@link #container} and {@link #stats}. Blocking methods return on interruption with {@link InterruptedException}; the
 * caller then relists. Every method that changes something is idempotent: a call whose answer was lost may be repeated.
 * All methods throw {@link DriverException}, with {@link DriverException.Reason#UNAVAILABLE} if the backend does not
 * answer, in which case the change may or may not have happened.
 *
 * <p>A call counts as a piece of work of its caller ({@link dev.orchestrator.api.TimeSource#workStarted()}) while it
 * runs. A driver that waits inside a call for time to pass, or for a process whose own activity does not count, gives
 * that work up for as long as it waits: {@code workFinished()} before it waits, {@code workStarted()} by whoever wakes
 * it, before waking it. {@link DriverContext#time()} does so itself in {@code sleep} when it is called from within a
 * driver call. What is read from a {@link LogStream} or done with a {@link ProcessSession} is nobody's work.
 *
 * <p>While a node is down or can not be reached, what would be done there fails with
 * {@link DriverException.Reason#NODE_DOWN}, and its sandboxes are listed with their containers
 * {@link ContainerState.Phase#UNKNOWN}. After {@link #close()} all methods but {@link #nodes}, {@link #hostAddress},
 * {@link #subscribe}, {@link #routesServices} and {@code close} itself fail with {@code UNAVAILABLE}; those about
 * services do if the driver routes them.
 *
 * <p>A process may end without closing its driver. What it leaves behind ends with it, or is removed by the next driver
 * that starts on the machine; but what was made for a {@linkplain DriverContext#state() state} is kept, as long as that
 * is there, for the next driver that is started with it: that one has it as if it had made it, sandboxes, containers,
 * their ids, attempts and logs. A driver whose containers are part of the process has nothing then. Whether the kubelet
 * wants what there is, is not for the driver to decide.
 *
 * <p>Source of the rules: the Container Runtime Interface ({@code runtime.v1}).
 */
public interface ContainerDriver extends AutoCloseable {

    /** {@return a short name for messages, such as {@code in-memory} or {@code docker}} */
    String name();

    /**
     * Connects to the backend; called once, before any other method.
     *
     * @param context what the orchestrator lends the driver for its life
     * @throws DriverException with reason {@code UNAVAILABLE} if the backend cannot be reached
     * @throws IllegalStateException if it serves another orchestrator; it is not closed then
     */
    void start(DriverContext context) throws InterruptedException;

    /** {@return the nodes that can run pods now; never blocks} */
    List<NodeDescription> nodes();

    /**
     * Creates and starts the sandbox of a pod: its network identity, shared by its containers. Repeating the call with
     * the same pod uid and attempt returns the sandbox that exists.
     *
     * @throws DriverException with reason {@code NODE_DOWN} if the node is unknown or down, {@code CREATE_REJECTED} if
     *     it cannot be made as specified
     */
    SandboxState runSandbox(SandboxSpec spec) throws InterruptedException;

    /**
     * Kills what still runs in a sandbox and gives back its network identity. Stopping a stopped or unknown sandbox
     * does nothing.
     */
    void stopSandbox(SandboxId id) throws InterruptedException;

    /**
     * Removes a sandbox with all its containers and their logs, stopping it first; nothing that it opened on this
     * machine is left. Unknown: does nothing.
     */
    void removeSandbox(SandboxId id) throws InterruptedException;

    /**
     * {@return all sandboxes with their containers, the truth that the kubelet goes back to after any doubt; with a
     * state also those that an earlier process has left}
     */
    List<SandboxState> sandboxes() throws InterruptedException;

    /** {@return one sandbox with its containers, if it exists} */
    Optional<SandboxState> sandbox(SandboxId id) throws InterruptedException;

    /**
     * {@return where this JVM reaches a port of a pod, whether or not anything listens there now; empty when the
     * sandbox is unknown, stopped, or the port can not be reached from here}. Never blocks. The address of one port
     * stays the same for the life of the sandbox.
     *
     * @param port the port inside the pod
     */
    Optional<InetSocketAddress> hostAddress(SandboxId id, int port, TransportProtocol protocol);

    /**
     * Creates a container in a running sandbox without starting it. Repeating the call with the same name and attempt
     * returns the container that exists.
     *
     * @throws DriverException with reason {@code NOT_FOUND} if the sandbox is unknown or stopped,
     *     {@code IMAGE_NOT_FOUND} if the image is not present on the node, {@code CREATE_REJECTED} if it cannot be made
     *     as specified
     */
    ContainerId createContainer(SandboxId sandbox, ContainerSpec spec) throws InterruptedException;

    /**
     * Starts a created container and returns once its main process has been launched; readiness is not awaited.
     * Starting a container that runs or has ended does nothing.
     *
     * @throws DriverException with reason {@code NOT_FOUND} if the container is unknown or its sandbox is stopped,
     *     {@code START_REJECTED} if the process can not be launched as specified; the container has then ended, and its
     *     message says why
     */
    void startContainer(ContainerId id) throws InterruptedException;

    /**
     * Asks the main process to end and kills it after a grace period; returns when it has ended. Stopping a container
     * that does not run does nothing. A second call with a shorter grace period overtakes the first.
     *
     * @param grace how long to wait between asking and killing; zero kills at once
     */
    void stopContainer(ContainerId id, Duration grace) throws InterruptedException;

    /**
     * Gives a running container other amounts of CPU and memory without restarting it. Giving it what it has does
     * nothing.
     *
     * @throws DriverException with reason {@code NOT_FOUND} if the container does not run, {@code UNSUPPORTED} if
     *     resources can not be changed while a container runs, as is the case unless a driver says otherwise
     */
    default void updateContainer(ContainerId id, ResourceRequirements resources) throws InterruptedException {
        throw new DriverException(
                DriverException.Reason.UNSUPPORTED,
                "container " + id + ": the driver " + name() + " can not change the resources of a running container");
    }

    /** Removes an ended container and its logs; kills it first if it runs. Unknown: does nothing. */
    void removeContainer(ContainerId id) throws InterruptedException;

    /** {@return the state of a container, if it exists} */
    Optional<ContainerState> container(ContainerId id) throws InterruptedException;

    /**
     * Runs a command inside a running container, without input, and collects its output; a command that the end of its
     * container cuts short has exit code 137.
     *
     * @param timeout when to give up and kill the command
     * @return exit code and at most 1 MiB of each output
     * @throws DriverException with reason {@code NOT_FOUND} if the container does not run, {@code EXEC_REJECTED} if the
     *     command can not be started, {@code TIMEOUT} if it has not ended in time
     */
    ExecResult exec(ContainerId id, List<String> command, Duration timeout) throws InterruptedException;

    /**
     * Starts a command inside a running container with its streams open to the caller, who closes the session.
     *
     * @throws DriverException as {@link #exec} does
     */
    ProcessSession openExec(ContainerId id, ExecRequest request) throws InterruptedException;

    /**
     * Opens the streams of a container's main process. Closing the session leaves the process running.
     *
     * @throws DriverException with reason {@code NOT_FOUND} if the container does not run
     */
    ProcessSession attach(ContainerId id, AttachRequest request) throws InterruptedException;

    /**
     * Opens the output that a container has written so far, and, when following, what it will write until it ends. Logs
     * can be read until the container is removed.
     *
     * @throws DriverException with reason {@code NOT_FOUND} if the container is unknown
     */
    LogStream logs(ContainerId id, LogQuery query) throws InterruptedException;

    /**
     * {@return what a running container uses now}
     *
     * @throws DriverException with reason {@code NOT_FOUND} if the container does not run
     */
    ContainerStats stats(ContainerId id) throws InterruptedException;

    /** {@return the image under this reference on a node, if it is present there} */
    Optional<ImageDescription> image(String node, String reference) throws InterruptedException;

    /**
     * Brings an image to a node and returns when it is there; one that is present is refreshed.
     *
     * @throws DriverException with reason {@code IMAGE_NOT_FOUND}, {@code IMAGE_PULL_DENIED},
     *     {@code INVALID_IMAGE_NAME} or {@code IMAGE_PULL_FAILED}; the last may go away by itself
     */
    ImageDescription pullImage(ImagePull pull) throws InterruptedException;

    /**
     * {@return whether the programs in pods reach services over a network of their own, which has to be told of each
     * one by {@link #publishService}; the same at any time}. False, as it is unless a driver says otherwise, for a
     * driver whose programs ask {@link DriverContext#resolve}.
     */
    default boolean routesServices() {
        return false;
    }

    /**
     * Lets programs inside pods reach a service: on any pod's first lookup or connection after this returns, also in
     * pods that ran before. It replaces what was published under the same namespace and name. Once it returns, no new
     * connection begins to a target that is no longer listed; open ones stay. While the network of pods does not work,
     * it returns within seconds, and what was published last holds from when the network works again.
     *
     * <p>May be called before there is any pod. Of {@link TransportProtocol#SCTP} nothing is forwarded.
     */
    default void publishService(PublishedService service) throws InterruptedException {
        // Whoever resolves names through the context needs not be told.
    }

    /**
     * Ends what {@link #publishService} began: connections to the addresses of the service are refused, its names do
     * not exist. Unknown: does nothing.
     */
    default void withdrawService(String namespace, String name) throws InterruptedException {
        // Nothing was published.
    }

    /**
     * Registers who else is told about changes from now on. Events only make the kubelet fast: after
     * {@link DriverListener#eventsLost()} it relists.
     */
    void subscribe(DriverListener listener);

    /**
     * Stops and removes all that this driver has, also what it found when it started and what belongs to a state,
     * within the deadline of the context; leaves no thread or socket.
     */
    @Override
    void close();
}
