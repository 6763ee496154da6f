package dev.orchestrator.runtime.handle;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** An open log; read by one thread. */
public interface LogSource extends AutoCloseable {

    /**
     * A line.
     *
     * @param time when it was written
     * @param output which output it was written to
     * @param text the line without its end
     * @param complete whether it ended with a line end; only the last line of an output may not
     */
    record Line(Instant time, Output output, String text, boolean complete) {}

    /** An output of a process. */
    enum Output {
        /** Standard output. */
        STDOUT,
        /** Standard error. */
        STDERR
    }

    /** {@return the next line; null at the end}. Blocks while following. */
    @Nullable
    Line next() throws InterruptedException;

    @Override
    void close();
}
