package dev.orchestrator.server.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Things that are open and end together at the latest. */
final class Live implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Live.class);

    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Takes something that is open; it is closed at once if everything is. */
    <T extends AutoCloseable> T add(T opened) {
        open.add(opened);
        if (closed) {
            end(opened);
        }
        return opened;
    }

    /** Closes something now. */
    void end(AutoCloseable opened) {
        if (open.remove(opened)) {
            try {
                opened.close();
            } catch (Exception failed) {
                LOG.debug("closing failed", failed);
            }
        }
    }

    /** {@return whether everything has ended} */
    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(this::end);
    }
}
