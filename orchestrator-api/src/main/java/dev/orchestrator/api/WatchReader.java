package dev.orchestrator.api;

import java.time.Duration;

import dev.orchestrator.api.model.Resource;
import org.jspecify.annotations.Nullable;

/** A watch that its owner reads; by one thread at a time. */
public interface WatchReader<R extends Resource> extends AutoCloseable {

    /**
     * {@return the next change; null when none came within the timeout or the reader was closed}
     *
     * @throws ApiException with reason {@code EXPIRED} if the reader fell so far behind that changes were forgotten
     * @throws IllegalStateException if the orchestrator was closed
     * @throws InterruptedException if interrupted while waiting; it can be read on
     */
    @Nullable
    WatchEvent<R> next(Duration timeout) throws InterruptedException;

    /** Ends the watch. */
    @Override
    void close();
}
