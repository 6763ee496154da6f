package dev.orchestrator.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.TimeSource;

/**
 * What a program sees of the container it runs in.
 *
 * <p>Ports are real sockets on the loopback interface of this machine: {@link #listen} binds a free port there that
 * stands for the port of the pod, and {@link #connect} finds services, cluster addresses and pods by the names that
 * Kubernetes gives them.
 *
 * <p>On a {@link dev.orchestrator.api.ManualClock}, {@code settle()} waits for a program from its start until it waits
 * in {@link #sleep}, {@link #awaitStop}, for a connection or datagram of a socket of {@link #listen} or
 * {@link #listenUdp}, or has ended; and again from each end of a sleep and each signal. A program that waits elsewhere
 * for long keeps the clock from settling.
 *
 * <p>Methods may be called from any thread. After the container's end those that open something throw
 * {@link IOException}.
 */
public interface ContainerContext {

    /** {@return the pod's namespace} */
    String namespace();

    /** {@return the pod's name} */
    String podName();

    /** {@return the container's name in the pod} */
    String containerName();

    /** {@return the image as the pod names it} */
    String image();

    /** {@return the node it runs on} */
    String nodeName();

    /** {@return the host name of the pod} */
    String hostname();

    /** {@return the address of the pod} */
    String podIp();

    /** {@return how many containers of this name the pod had before: its number of restarts} */
    int attempt();

    /** {@return the environment variables} */
    Map<String, String> env();

    /** {@return the command that the pod gives; empty for the image's own} */
    List<String> command();

    /** {@return the arguments that the pod gives; empty for the image's own} */
    List<String> args();

    /**
     * {@return where a file of the container is on this machine}. Below a mount that is the mounted directory,
     * elsewhere a private directory that is deleted with the container. Parent directories are created; whether a mount
     * is read-only is up to the program.
     *
     * @param path a path in the container; a relative one starts at the working directory
     */
    Path path(String path);

    /** {@return standard input; at its end unless the container keeps it open} */
    InputStream in();

    /** {@return standard output: what is written here is the container's log} */
    PrintStream out();

    /** {@return standard error: what is written here is the container's log} */
    PrintStream err();

    /**
     * Writes the termination message, which becomes part of the pod's status when the container ends.
     *
     * @throws IOException if it can not be written
     */
    void terminationMessage(String text) throws IOException;

    /**
     * Listens on a TCP port of the pod.
     *
     * @throws IOException if a container of the pod listens there already
     */
    ServerSocket listen(int port) throws IOException;

    /**
     * Listens on a UDP port of the pod.
     *
     * @throws IOException if a container of the pod listens there already
     */
    DatagramSocket listenUdp(int port) throws IOException;

    /**
     * Serves HTTP/1.1 on a port of the pod, each connection on a virtual thread; returns when the port is open.
     *
     * @throws IOException if a container of the pod listens there already
     */
    ContainerServer serveHttp(int port, HttpHandler handler) throws IOException;

    /**
     * Serves TCP on a port of the pod, each connection on a virtual thread that closes it in the end; returns when the
     * port is open.
     *
     * @throws IOException if a container of the pod listens there already
     */
    ContainerServer serveTcp(int port, ConnectionHandler handler) throws IOException;

    /** Talks to one client. */
    @FunctionalInterface
    interface ConnectionHandler {

        /**
         * Talks to one client until it or the program has had enough.
         *
         * @throws Exception to close the connection and to write the stack trace to the container's standard error
         */
        void handle(Socket connection) throws Exception;
    }

    /**
     * Connects to a TCP port of a service, a pod or this pod itself.
     *
     * @param host a service name, a cluster address, a pod's address or name, or {@code localhost}
     * @throws UnknownHostException if nothing is known by that name
     * @throws IOException if nobody listens there
     */
    Socket connect(String host, int port) throws IOException;

    /**
     * {@return where this machine reaches a TCP port of a service, a pod or this pod itself}
     *
     * @throws UnknownHostException if nothing is known by that name
     */
    InetSocketAddress resolve(String host, int port) throws UnknownHostException;

    /**
     * {@return where this machine reaches a UDP port of a service, a pod or this pod itself}
     *
     * @throws UnknownHostException if nothing is known by that name
     */
    InetSocketAddress resolveUdp(String host, int port) throws UnknownHostException;

    /**
     * {@return a URI with host and port replaced by where this machine reaches them}, for use with any HTTP client. The
     * port is 80 for {@code http} and 443 for {@code https} unless given.
     *
     * @throws UnknownHostException if nothing is known by the name of the host
     */
    URI resolve(URI uri) throws UnknownHostException;

    /** {@return where the orchestrator takes the time from} */
    TimeSource time();

    /**
     * Waits on the orchestrator's time.
     *
     * @throws InterruptedException when the container is asked to stop and no handler is there
     */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Blocks until the container is asked to stop.
     *
     * @return 0, so that a program may end with {@code return context.awaitStop();}
     */
    int awaitStop() throws InterruptedException;

    /** {@return whether the container has been asked to stop} */
    boolean isStopping();

    /**
     * Runs a handler when a signal arrives, on a thread of its own, instead of the default action. After the handler of
     * the signal that asks to stop, {@link #awaitStop()} returns; nothing else is interrupted.
     *
     * @param signal its name, such as {@code SIGTERM} or {@code SIGHUP}; {@code SIGKILL} can not be handled
     */
    void onSignal(String signal, SignalHandler handler);

    /** Reacts to a signal. */
    @FunctionalInterface
    interface SignalHandler {

        /**
         * Reacts to one signal.
         *
         * @throws Exception to write the stack trace to the container's standard error
         */
        void handle() throws Exception;
    }

    /** Ignores a signal: {@code SIGTERM} then asks in vain. */
    void ignoreSignal(String signal);

    /**
     * Starts a virtual thread that is interrupted when the container ends.
     *
     * @param task what it does; an exception is written to standard error and ends only the thread
     */
    Thread start(String name, Task task);

    /** What a thread of a container does. */
    @FunctionalInterface
    interface Task {

        /**
         * Runs once.
         *
         * @throws Exception to end the thread and to write the stack trace to the container's standard error
         */
        void run() throws Exception;
    }

    /** Makes a command available to exec, before any built-in one of the same name. */
    void command(String name, ContainerCommand command);
}
