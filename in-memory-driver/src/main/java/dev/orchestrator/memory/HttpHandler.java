package dev.orchestrator.memory;

/** Answers HTTP requests, several at the same time. */
@FunctionalInterface
public interface HttpHandler {

    /**
     * Answers one request.
     *
     * @throws Exception to answer with status 500 and to write the stack trace to the container's standard error
     */
    HttpReply handle(HttpCall call) throws Exception;
}
