package dev.orchestrator.runtime.network.proxy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;

import org.jspecify.annotations.Nullable;

/** Remembers which target a client IP last went to; not thread-safe, told the time by its caller. */
final class AffinityTable<T> {
    private record Entry<T>(T target, long lastUsedMillis) {}

    private final long timeoutMillis;
    private final int maxClients;
    // Ordered by last use, since remember() re-inserts: what has expired is always at the front.
    private final LinkedHashMap<InetAddress, Entry<T>> entries = new LinkedHashMap<>();

    AffinityTable(Duration timeout, int maxClients) {
        this.timeoutMillis = timeout.toMillis();
        this.maxClients = maxClients;
    }

    /** {@return where the client went last, or null if it is unknown or has been away for the timeout} */
    @Nullable
    T find(InetAddress client, long nowMillis) {
        Entry<T> entry = entries.get(client);
        return entry == null || hasExpired(entry, nowMillis) ? null : entry.target();
    }

    /** Binds the client to the target until the timeout has passed from now. */
    void remember(InetAddress client, T target, long nowMillis) {
        entries.remove(client);
        entries.put(client, new Entry<>(target, nowMillis));
        var oldest = entries.values().iterator();
        while (oldest.hasNext() && (hasExpired(oldest.next(), nowMillis) || entries.size() > maxClients)) {
            oldest.remove();
        }
    }

    int size() {
        return entries.size();
    }

    private boolean hasExpired(Entry<T> entry, long nowMillis) {
        return nowMillis - entry.lastUsedMillis() >= timeoutMillis;
    }
}
