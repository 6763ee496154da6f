package dev.orchestrator.memory;

/**
 * The main process of a container, as Java code. It runs on a virtual thread of its own, named for its container, and
 * shares the processors with the orchestrator: as many programs as there are processors that compute without ever
 * waiting hold everything else up. Such work belongs on a platform thread that the program waits for.
 *
 * <pre>{@code
 * driver.image("shop/web:1", context -> {
 *     context.serveHttp(8080, call -> HttpReply.ok("hello from " + context.hostname()));
 *     return context.awaitStop();
 * });
 * }</pre>
 *
 * <p>The container ends when {@link #run} returns, with the returned number as its exit code; threads that the context
 * has started and sockets that it has opened end with it. An exception that {@code run} throws is written to standard
 * error and the exit code is 1.
 *
 * <p>When the container is asked to stop, a handler given to {@link ContainerContext#onSignal} runs, then
 * {@link ContainerContext#awaitStop()} returns. A program that does neither is interrupted, and its exit code is 143,
 * as that of a process without a handler. After the grace period the container counts as killed, with exit code 137,
 * even if the code ignores the interruption.
 */
@FunctionalInterface
public interface ContainerProgram {

    /**
     * Does what the container is there for.
     *
     * @return the exit code, 0 to 255
     * @throws Exception to end with exit code 1
     */
    int run(ContainerContext context) throws Exception;
}
