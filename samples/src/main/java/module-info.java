/** Runnable examples. */
module dev.orchestrator.samples {
    requires dev.orchestrator.api;
    requires dev.orchestrator.docker;
    requires dev.orchestrator.memory;
    requires dev.orchestrator.runtime;
    requires java.net.http;
    requires jdk.httpserver;
    requires static org.jspecify;
}
