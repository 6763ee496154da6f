package dev.orchestrator.spi;

/** The transport protocol of a port. */
public enum TransportProtocol {
    /** Streams. */
    TCP,
    /** Datagrams. */
    UDP,
    /** Message streams; no driver carries it yet. */
    SCTP
}
