package dev.orchestrator.spi;

import java.time.Instant;

/**
 * A line that a container wrote.
 *
 * @param time when it was written
 * @param stream which output it was written to
 * @param text the line read as UTF-8, without its end, line feed or carriage return and line feed
 * @param complete whether it ended with a line end; only the last line of an output may not, and who follows a log gets
 *     it only when its container has ended
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
