package dev.orchestrator.spi;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a log is wanted.
 *
 * @param follow whether to go on with what will be written
 * @param tailLines how many of the lines written so far, from the end; negative for all
 * @param since leave out, of these, what was written before; null for all
 */
public record LogQuery(
        boolean follow, long tailLines, @Nullable Instant since) {

    /** {@return the query for all that has been written} */
    public static LogQuery all() {
        return new LogQuery(false, -1, null);
    }
}
