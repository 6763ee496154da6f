package dev.orchestrator.runtime.handle;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** An open log; read by one thread. */
public interface LogSource extends AutoCloseable {

    /**
     * A line.
     *
     * @param time when it was written
     * @param text the line without its end
     */
    record Line(Instant time, String text) {}

    /** {@return the next line; null at the end}. Blocks while following. */
    @Nullable
    Line next() throws InterruptedException;

    @Override
    void close();
}
