package dev.orchestrator.runtime.network.proxy;

/** How a port chooses among the endpoints that may take a new connection. */
public enum Balancing {
    /** Each with the same chance, as kube-proxy in iptables mode. */
    RANDOM,
    /** The one with the fewest open connections through this port; ties by chance. */
    LEAST_CONNECTIONS
}
