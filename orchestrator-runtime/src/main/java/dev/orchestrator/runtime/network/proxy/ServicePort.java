package dev.orchestrator.runtime.network.proxy;

import java.net.InetSocketAddress;
import java.util.List;

/** One open port of a service: a socket that stays while the endpoints behind it change; safe for any thread. */
public interface ServicePort extends AutoCloseable {

    /** {@return where clients connect; the same until {@link #close()}} */
    InetSocketAddress address();

    /**
     * Replaces the endpoints behind the port; once it returns, no new connection begins to an endpoint that the list
     * does not allow.
     *
     * <p>New connections go to ready endpoints, or, if there is none, to serving ones that terminate; with neither they
     * are reset. Open connections to an endpoint that stays listed continue. Those to an endpoint that is gone from the
     * list are reset: at once, or after the drain timeout if it was terminating when last listed.
     *
     * @throws IllegalArgumentException if two endpoints share an id; nothing has changed then
     */
    void setEndpoints(List<Endpoint> endpoints);

    /** Replaces how new connections are spread; open ones stay, and so does affinity unless its timeout changes. */
    void setOptions(PortOptions options);

    /** {@return what the port has done so far} */
    PortCounters counters();

    /** Closes the socket and resets its connections; on return the address can be bound again. Idempotent. */
    @Override
    void close();
}
