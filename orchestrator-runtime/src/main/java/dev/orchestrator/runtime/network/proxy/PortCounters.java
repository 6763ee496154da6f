package dev.orchestrator.runtime.network.proxy;

/**
 * What a port has done since it was opened; each number is exact, together they are not one instant.
 *
 * @param accepted TCP connections, or UDP flows, that clients began
 * @param active of those, not yet ended
 * @param rejected connections reset, or datagrams dropped, because no endpoint could take them
 * @param failedConnects attempts to reach an endpoint that failed or timed out
 * @param resets connections ended by a reset: by a peer, or because their endpoint was removed
 * @param bytesFromClients payload read from clients
 * @param bytesToClients payload read from endpoints
 */
public record PortCounters(
        long accepted,
        long active,
        long rejected,
        long failedConnects,
        long resets,
        long bytesFromClients,
        long bytesToClients) {}
