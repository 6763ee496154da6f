package dev.orchestrator.api;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

import dev.orchestrator.api.model.core.Service;

/**
 * A service.
 *
 * <p>Its addresses are on this machine's loopback interface; they exist from the moment the service does and stay the
 * same for its life, whatever becomes of its pods. A connection made while no pod is ready is refused.
 */
public interface ServiceHandle extends ResourceHandle<Service, ServiceHandle> {

    /**
     * {@return the address of the first port as {@code http://127.0.0.1:<port>}; {@code https} for port 443 or a port
     * of that name}
     *
     * @throws IllegalStateException if the service has no address: it is headless, external or has no port
     */
    URI uri();

    /** {@return as {@link #uri()}, of another port of the service} */
    URI uri(int port);

    /** {@return where the first port of the service is reached from this JVM} */
    InetSocketAddress address();

    /** {@return where a port of the service is reached from this JVM} */
    InetSocketAddress address(int port);

    /** {@return where the port of this name is reached from this JVM} */
    InetSocketAddress address(String portName);

    /**
     * Sets the labels of the pods that the service leads to; those before are forgotten.
     *
     * @param labels empty for none: the endpoints are then somebody else's to keep
     */
    ServiceHandle setSelector(Map<String, String> labels);

    /**
     * Blocks until a pod is ready to serve and receives connections.
     *
     * @throws AwaitException if none was in time
     * @throws InterruptedException if interrupted while waiting
     */
    ServiceHandle awaitReady(Duration timeout) throws InterruptedException;
}
