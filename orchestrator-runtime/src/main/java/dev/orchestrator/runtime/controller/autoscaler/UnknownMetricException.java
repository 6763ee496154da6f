package dev.orchestrator.runtime.controller.autoscaler;

/** A metric by which nothing can be said about replicas; the message is Kubernetes'. */
final class UnknownMetricException extends Exception {

    private static final long serialVersionUID = 1;

    UnknownMetricException(String message) {
        super(message);
    }
}
