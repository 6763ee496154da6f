package dev.orchestrator.runtime.network.proxy;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a port does; written by its loop, read by any thread. */
final class Meter {
    final LongAdder accepted = new LongAdder();
    final LongAdder ended = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder failedConnects = new LongAdder();
    final LongAdder resets = new LongAdder();
    final LongAdder bytesFromClients = new LongAdder();
    final LongAdder bytesToClients = new LongAdder();

    PortCounters snapshot() {
        // Ended before accepted: an active count of a moment's raggedness may be high, never negative.
        long gone = ended.sum();
        long begun = accepted.sum();
        return new PortCounters(
                begun,
                begun - gone,
                rejected.sum(),
                failedConnects.sum(),
                resets.sum(),
                bytesFromClients.sum(),
                bytesToClients.sum());
    }
}
