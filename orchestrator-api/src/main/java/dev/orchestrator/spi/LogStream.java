package dev.orchestrator.spi;

import org.jspecify.annotations.Nullable;

/** An open log; read by one thread. */
public interface LogStream extends AutoCloseable {

    /**
     * {@return the next line; null at the end, which a followed log reaches when its container has ended}. Blocks while
     * following.
     */
    @Nullable
    LogLine next() throws InterruptedException;

    /** Gives the log up; a blocked {@link #next()} then returns null. */
    @Override
    void close();
}
