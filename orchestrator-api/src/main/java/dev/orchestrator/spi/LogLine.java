package dev.orchestrator.spi;

import java.time.Instant;

/**
 * A line that a container wrote.
 *
 * @param time when it was written
 * @param stream which output it was written to
 * @param text the line read as UTF-8, without its end
 * @param complete whether it ended with a line end; only the last line of a log may not
 */
public record LogLine(Instant time, Stream stream, String text, boolean complete) {

    /** An output of a process. */
    public enum Stream {
        /** Standard output. */
        STDOUT,
        /** Standard error. */
        STDERR
    }
}
