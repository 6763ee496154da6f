package dev.orchestrator.runtime.network.proxy;

/** A TCP connection or UDP flow that counts towards an endpoint; confined to its loop. */
interface Session {

    /** Ends it at once, telling the client so where the protocol can; idempotent. */
    void reset();
}
