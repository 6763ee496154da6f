package dev.orchestrator.runtime.network.proxy;

/**
 * Names an endpoint for as long as it lives, so that its connections survive a change of its conditions.
 *
 * @param value unique within a port, for example the uid of the pod
 */
public record EndpointId(String value) {

    public EndpointId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("endpoint id: is empty");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
